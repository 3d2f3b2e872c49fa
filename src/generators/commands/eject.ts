import type { Generator } from "../define-generator.js";
import eject, { notMarked } from "../eject.js";
import { findOverridable } from "../template-overrides.js";
import { generatorCommand } from "./generator.js";

/** `phasewise eject <kind>`: a generator like any other, in the nearest workspace whose templates are read. */
export const ejectCommand = generatorCommand(eject as Generator, "eject", {
  workspace: async (cwd) => {
    const root = await findOverridable(cwd);
    if (root === undefined) throw notMarked(cwd);
    return root;
  },
});
