import { posix } from "node:path";
import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";

/** The files that specifiers stand for, path aliases included, without their extensions; asked in one request. */
export function getImportedFiles(
  specifiers: readonly TSESTree.StringLiteral[],
  file: CheckedFile,
): (string | undefined)[] {
  const aliases = specifiers.filter(({ value }) => !isRelative(value));
  const found = aliases.map((specifier) => file.find(specifier));
  const known = found.filter((node) => node !== undefined);
  const symbols = known.length > 0 ? file.project.checker.getSymbolAtLocation(known) : [];
  const paths = new Map(known.map((node, index) => [node, symbols[index]?.name.replace(/^"|"$/g, "")]));
  return specifiers.map((specifier) => {
    if (isRelative(specifier.value)) return posix.join(posix.dirname(file.sourceFile.fileName), specifier.value);
    const node = found[aliases.indexOf(specifier)];
    return node && paths.get(node);
  });
}

function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}
