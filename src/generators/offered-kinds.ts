import { resolve } from "node:path";
import { catalog } from "./catalog.js";
import type { Generator } from "./define-generator.js";
import { findMarked } from "./workspace.js";

/** The kinds of ours to offer in a folder: one for the repository of Phasewise itself is offered there alone. */
export async function findOfferedKinds(cwd: string): Promise<readonly Generator[]> {
  const folder = resolve(cwd);
  const isOffered = await Promise.all(
    catalog.map(
      async ({ workspaceFile: file }) => file === undefined || (await findMarked(folder, file)) !== undefined,
    ),
  );
  return catalog.filter((_, index) => isOffered[index]);
}
