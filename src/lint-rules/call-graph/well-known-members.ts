import type { SourceFile } from "../type-checker/ast.js";

const membersByFile = new WeakMap<SourceFile, ReadonlySet<string>>();

/** The names by which the language itself calls members, of those that a file may define: `[Symbol.dispose]`. */
export function getWellKnownMembers(file: SourceFile): ReadonlySet<string> {
  let members = membersByFile.get(file);
  if (!members) {
    members = new Set(file.text.match(/\[Symbol\.(?:asyncDispose|asyncIterator|dispose|iterator)\]/g));
    membersByFile.set(file, members);
  }
  return members;
}
