import type { SourceFile } from "../type-checker/ast.js";

const membersByFile = new WeakMap<SourceFile, ReadonlySet<string>>();

/** The names of what a file may define that runs without a call: accessors, `[Symbol.dispose]`, `[Symbol.iterator]`. */
export function getImplicitMembers(file: SourceFile): ReadonlySet<string> {
  let members = membersByFile.get(file);
  if (!members) {
    members = new Set([...file.text.matchAll(implicitMember)].map(([text, accessor]) => accessor ?? text));
    membersByFile.set(file, members);
  }
  return members;
}

const implicitMember =
  /\[Symbol\.(?:asyncDispose|asyncIterator|dispose|iterator)\]|\b[gs]et\s+["'`]?([\p{ID_Continue}$]+)/gu;
