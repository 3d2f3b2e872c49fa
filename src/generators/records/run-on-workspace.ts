import { applyPlan } from "../changes/apply.js";
import type { Plan } from "../changes/plan.js";
import { codeOf } from "../changes/publish.js";
import { recover } from "../changes/recover.js";
import { rejectInterruptedRun, unwritable } from "../generate.js";

/** Takes back an interrupted run, then plans, and applies the plan; a dry run writes nothing. */
export async function runOnWorkspace<Planned extends { readonly plan: Plan }>(
  root: string,
  dryRun: boolean,
  plan: () => Promise<Planned>,
): Promise<Planned & { readonly recovered: boolean }> {
  try {
    const recovered = dryRun ? await rejectInterruptedRun(root) : await recover(root);
    const planned = await plan();
    if (!dryRun) await applyPlan(planned.plan);
    return { ...planned, recovered };
  } catch (error) {
    throw codeOf(error) === undefined ? error : unwritable(error as NodeJS.ErrnoException);
  }
}
