import type { Edit } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { insertAfter } from "./placement.js";
import { styleOf } from "./style.js";

/** Imports a name, below the last import. */
export function importName(name: string, from: string): Edit {
  return (file) => {
    const imports = file.source.getImportDeclarations();
    const names = imports.flatMap((declaration) => declaration.getNamedImports());
    if (names.some((named) => named.getName() === name)) return;
    const last = imports.at(-1);
    if (last === undefined) throw anchorMissing(file, "import to put another one below");
    const { quote, end } = styleOf(file);
    insertAfter(file, last, [`import { ${name} } from ${quote(from)}${end}`]);
  };
}
