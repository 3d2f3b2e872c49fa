import type { Plan } from "../changes/plan.js";
import type { Patience } from "../changes/turn.js";
import { carryOut } from "../generate.js";

/** Takes back an interrupted run, then plans, and applies the plan; a dry run writes nothing. */
export async function runOnWorkspace<Planned extends { readonly plan: Plan }>(
  root: string,
  options: { readonly dryRun: boolean; readonly patience?: Patience },
  plan: () => Promise<Planned>,
): Promise<Planned & { readonly recovered: boolean }> {
  let last: Planned | undefined;
  const { recovered } = await carryOut(root, async () => (last = await plan()).plan, options);
  return { ...last!, recovered };
}
