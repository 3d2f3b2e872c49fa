import type { Edit } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { insertAfter } from "./placement.js";
import { styleOf } from "./style.js";

/** Imports the default export of a file, where the order of the imported files has its place. */
export function importDefault(name: string, from: string): Edit {
  return (file) => {
    const imports = file.source.getImportDeclarations();
    const fromOf = (declaration: (typeof imports)[number]) => declaration.getModuleSpecifierValue();
    if (imports.some((declaration) => fromOf(declaration) === from)) return;
    const [first] = imports;
    if (first === undefined) throw anchorMissing(file, "import to put another one beside");
    const { quote, end } = styleOf(file);
    const line = `import ${name} from ${quote(from)}${end}`;
    const previous = imports.findLast((declaration) => fromOf(declaration) < from);
    if (previous !== undefined) insertAfter(file, previous, [line]);
    else file.insert(first.getStart(), `${line}\n`);
  };
}
