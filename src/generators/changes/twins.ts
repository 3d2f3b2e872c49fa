import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { foldName } from "./path-rules.js";

/** Finds what is beside a path and differs from it in nothing but case: on some systems these are the same. */
export function twinFinder(root: string): (path: string) => Promise<string | undefined> {
  const folders = new Map<string, Promise<readonly string[]>>();

  return async (path) => {
    const names = path.split("/");
    for (const [depth, name] of names.entries()) {
      const folder = names.slice(0, depth);
      const siblings = await readNames(folder.join("/"));
      if (siblings.includes(name)) continue;
      const folded = foldName(name);
      const twin = siblings.find((sibling) => foldName(sibling) === folded);
      return twin === undefined ? undefined : [...folder, twin].join("/");
    }
    return undefined;
  };

  /** Read once. */
  function readNames(folder: string): Promise<readonly string[]> {
    const found = folders.get(folder) ?? readdir(join(root, folder)).catch(() => []);
    folders.set(folder, found);
    return found;
  }
}

/** The first two spellings of one path: `modules` and `Modules` for `modules/a.ts` and `Modules/b.ts`. */
export function findTwinPaths(paths: readonly string[]): readonly [string, string] | undefined {
  const spelled = new Map<string, string>();
  for (const path of paths) {
    const names = path.split("/");
    for (const depth of names.keys()) {
      const part = names.slice(0, depth + 1).join("/");
      const other = spelled.get(foldName(part));
      if (other !== undefined && other !== part) return [other, part];
      spelled.set(foldName(part), part);
    }
  }
  return undefined;
}
