import { applyPlan } from "./changes/apply.js";
import type { Change } from "./changes/change.js";
import { findJournal } from "./changes/journal.js";
import { realPlace } from "./changes/paths.js";
import { resolvePlan, type Plan, type Write } from "./changes/plan.js";
import { codeOf } from "./changes/publish.js";
import { recover } from "./changes/recover.js";
import type { Generator } from "./define-generator.js";
import { GeneratorError } from "./errors.js";
import { openProject } from "./project.js";
import { checkAnswers } from "./questions/check-answers.js";
import type { Answers, GivenAnswers, Questions } from "./questions/question.js";

/** What a run has changed, or, as a dry run, would change. */
export interface Generation extends Plan {
  /** True when an interrupted run was taken back first. */
  readonly recovered: boolean;
  /** The file that records it; missing where nothing changed or nothing was to be recorded. */
  readonly record?: Write | undefined;
}

/**
 * Runs a generator on the workspace at `root`: answers checked, plan made, and all of it applied or nothing.
 * A dry run goes the same way without the last step, and writes nothing at all.
 */
export async function generate<Q extends Questions>(
  generator: Generator<Q>,
  answers: Answers<Q>,
  { root, dryRun = false, record = false }: { root: string; dryRun?: boolean; record?: boolean },
): Promise<Generation> {
  checkAnswers(generator.questions, answers);
  try {
    const place = await realPlace(root);
    const recovered = dryRun ? await rejectInterruptedRun(place) : await recover(place);
    const changes = await generator.plan(answers, openProject(place));
    const plan = await resolvePlan(place, changes);
    const recorded = record ? await recordPlan(plan, generator, answers, changes) : undefined;
    if (!dryRun) await applyPlan({ ...plan, writes: [...plan.writes, ...(recorded ? [recorded] : [])] });
    return { ...plan, recovered, record: recorded };
  } catch (error) {
    throw codeOf(error) === undefined ? error : unwritable(error as NodeJS.ErrnoException);
  }
}

async function recordPlan(
  plan: Plan,
  generator: Generator,
  answers: GivenAnswers,
  changes: readonly Change[],
): Promise<Write | undefined> {
  const { recordGeneration } = await import("./records/record-generation.js");
  const generatedPaths = changes.filter((change) => "generated" in change).map(({ path }) => path);
  return recordGeneration(plan, { generator, answers, generatedPaths: new Set(generatedPaths) });
}

/** A dry run writes nothing, so an interrupted run stands in its way. */
export async function rejectInterruptedRun(root: string): Promise<false> {
  if ((await findJournal(root)) === undefined) return false;
  throw new GeneratorError(
    "INTERRUPTED",
    "An earlier run was interrupted, and a dry run may not take it back. Run the command without --dry-run.",
  );
}

/** What is told when the system does not let files be written. */
export function unwritable(cause: NodeJS.ErrnoException): GeneratorError {
  const message = `Nothing was changed: ${cause.message}. Make sure that the folder can be written to, then run the command again.`;
  return new GeneratorError("UNWRITABLE", message, { cause });
}
