import { access } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/** The way from the root of the git repository to a folder in it, as CI services name files: empty, or `packages/shop/`. */
export async function findMarkedWorkspacePrefix(folder: string): Promise<string> {
  for (let root = folder; ; root = dirname(root)) {
    if (await exists(join(root, ".git"))) return toPrefix(relative(root, folder));
    if (root === dirname(root)) return "";
  }
}

function toPrefix(way: string): string {
  return way === "" ? "" : `${way.split(sep).join("/")}/`;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
