import { catalog } from "../catalog.js";
import type { Generator } from "../define-generator.js";
import eject from "../eject.js";
import { findWorkspaceGenerators } from "../workspace-generators.js";

/** Finds generators by name: ours, and those of the workspace, which are loaded when one of them is wanted. */
export function createGeneratorFinder(root: string): (name: string) => Promise<Generator | undefined> {
  const kinds = catalog.map(({ name }) => name);
  let own: Promise<readonly Generator[]> | undefined;
  const ours = [...catalog, eject as Generator];
  return async (wanted) =>
    ours.find(({ name }) => name === wanted) ??
    (await (own ??= findWorkspaceGenerators(root, kinds))).find(({ name }) => name === wanted);
}
