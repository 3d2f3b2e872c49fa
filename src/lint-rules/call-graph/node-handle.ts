import type { NodeHandle } from "../type-checker/types.js";

/** Is it written in the workspace, and not in an installed package or a file of declarations? */
export function isInWorkspace({ path }: NodeHandle): boolean {
  return !/\.d\.[cm]?ts$/.test(path) && !path.includes("/node_modules/");
}

/** The checker's id of the node, without going to its file. */
export function getHandleId({ index, kind, path }: NodeHandle): string {
  return `${index}.${kind}.${path}`;
}
