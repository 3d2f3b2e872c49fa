import type { EditedFile } from "./edit.js";

/** How a file writes strings and ends statements, as its first import shows it. */
export interface Style {
  /** A string literal. */
  quote(text: string): string;
  /** `;` or nothing. */
  readonly end: string;
}

/** The style of a file; without imports, that of Prettier. */
export function styleOf({ source }: EditedFile): Style {
  const [first] = source.getImportDeclarations();
  const mark = first?.getModuleSpecifier().getText().charAt(0) ?? `"`;
  const end = first === undefined || first.getText().endsWith(";") ? ";" : "";
  return { quote: (text) => mark + text + mark, end };
}
