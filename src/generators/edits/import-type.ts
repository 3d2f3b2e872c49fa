import type { Edit } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { insertAfter } from "./placement.js";
import { styleOf } from "./style.js";

/** Imports a type: among the names that the file imports from the same place, or else below the last import. */
export function importType(name: string, from: string): Edit {
  return (file) => {
    const imports = file.source.getImportDeclarations();
    const names = imports.flatMap((declaration) => declaration.getNamedImports());
    if (names.some((named) => named.getName() === name)) return;
    const last = imports.at(-1);
    if (last === undefined) throw anchorMissing(file, "import to put another one below");
    const beside = imports.find((declaration) => declaration.getModuleSpecifierValue() === from);
    const first = beside?.getNamedImports()[0];
    const { quote, end } = styleOf(file);
    if (first === undefined) insertAfter(file, last, [`import type { ${name} } from ${quote(from)}${end}`]);
    else file.insert(first.getStart(), `${beside?.isTypeOnly() ? "" : "type "}${name}, `);
  };
}
