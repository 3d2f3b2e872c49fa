import { GeneratorError } from "../errors.js";
import { findPathProblem } from "./path-rules.js";
import { quotePath, rejectEscape } from "./paths.js";
import { findTwinPaths, twinFinder } from "./twins.js";

/** Throws for the first path of a new file that leads out of the workspace, or that not every system could have. */
export function rejectUnsafeNames(paths: readonly string[]): void {
  for (const path of paths) {
    rejectEscape(path);
    const problem = findPathProblem(path);
    if (problem !== undefined) throw unsafe(path, problem);
  }
}

/** Throws for the first path of a new file that is not told apart from another one on every system. */
export async function rejectTwins(root: string, paths: readonly string[]): Promise<void> {
  const twins = findTwinPaths(paths);
  if (twins !== undefined) throw unsafe(twins[1], `it differs from ${quotePath(twins[0])} in nothing but case`);
  const findTwin = twinFinder(root);
  for (const path of paths) {
    const twin = await findTwin(path);
    if (twin !== undefined) throw unsafe(path, `${quotePath(twin)} is there already, and differs in nothing but case`);
  }
}

function unsafe(path: string, why: string): GeneratorError {
  return new GeneratorError("UNSAFE_PATH", `Nothing was written: refused to make ${quotePath(path)}, because ${why}.`);
}
