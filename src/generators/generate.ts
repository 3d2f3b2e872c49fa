import { applyPlan } from "./changes/apply.js";
import type { Change } from "./changes/change.js";
import type { Arbiter, Conflict, Resolution } from "./changes/conflict.js";
import { findJournal } from "./changes/journal.js";
import { realPlace } from "./changes/paths.js";
import { resolvePlan, type Plan, type Settling } from "./changes/plan.js";
import { codeOf } from "./changes/publish.js";
import { recover } from "./changes/recover.js";
import { waitForTurn, type Patience } from "./changes/turn.js";
import type { Generator } from "./define-generator.js";
import { GeneratorError } from "./errors.js";
import { openProject } from "./project.js";
import { checkAnswers } from "./questions/check-answers.js";
import type { Answers, GivenAnswers, Questions } from "./questions/question.js";
import { rejectTaken } from "./reject-taken.js";
import { openTemplates } from "./templates.js";

/** What a run has changed, or, as a dry run, would change. */
export interface Generation extends Plan {
  /** True when an interrupted run was taken back first. */
  readonly recovered: boolean;
}

/** How a plan is brought into a workspace. */
export interface ApplyOptions {
  /** Goes the same way without the last step, and writes nothing at all. */
  readonly dryRun?: boolean;
  /** Looks at the plan before anything is written, and throws to call it off. */
  readonly inspect?: ((plan: Plan) => Promise<void>) | undefined;
  /** Without it, another run at work is an error at once. */
  readonly patience?: Patience | undefined;
}

/** How a generator runs. */
export interface GenerateOptions extends ApplyOptions, Settling {
  readonly root: string;
  /** Whether to record it, so that it can be undone and updated. */
  readonly record?: boolean;
}

/** Runs a generator on the workspace at `root`: answers checked, plan made, and all of it applied or nothing. */
export async function generate<Q extends Questions>(
  generator: Generator<Q>,
  answers: Answers<Q>,
  { root, record = false, arbiter, baseOf, format, ...options }: GenerateOptions,
): Promise<Generation> {
  checkAnswers(generator.questions, answers);
  const settling = { arbiter: arbiter && rememberDecisions(arbiter), baseOf, format };
  const makePlan = async (place: string) => {
    const project = openProject(place);
    if (arbiter === undefined) await rejectTaken(generator, answers, project);
    const changes = await generator.plan(answers, project);
    const plan = await resolvePlan(place, changes, { ...settling, templates: openTemplates(generator, place) });
    return record ? withRecord(plan, generator, answers, changes) : plan;
  };
  return carryOut(root, makePlan, options);
}

async function withRecord(
  plan: Plan,
  generator: Generator,
  answers: GivenAnswers,
  changes: readonly Change[],
): Promise<Plan> {
  const { recordGeneration } = await import("./records/record-generation.js");
  const marked = changes.filter((change) => "generated" in change).map(({ path }) => path);
  const write = await recordGeneration(plan, { generator, answers, generatedPaths: new Set(marked) });
  return { ...plan, writes: [...plan.writes, ...(write ? [write] : [])] };
}

/** Takes back an interrupted run, makes the plan, and applies all of it or nothing. */
export async function carryOut(
  root: string,
  makePlan: (root: string) => Promise<Plan>,
  { dryRun = false, inspect, patience = noPatience }: ApplyOptions,
): Promise<Generation> {
  let recovered = false;
  const attempt = async (): Promise<Generation> => {
    const place = await realPlace(root);
    recovered = (dryRun ? await rejectInterruptedRun(place) : await recover(place)) || recovered;
    for (let plans = 1; ; plans++) {
      const plan = await makePlan(place);
      await inspect?.(plan);
      if (dryRun || (await applyUnlessOutdated(plan, plans === MAX_PLANS))) return { ...plan, recovered };
    }
  };
  try {
    return await waitForTurn(attempt, patience);
  } catch (error) {
    throw codeOf(error) === undefined ? error : unwritable(error as NodeJS.ErrnoException);
  }
}

/** Another run may change the workspace between a plan and its application: then there is another plan to make. */
const MAX_PLANS = 5;

async function applyUnlessOutdated(plan: Plan, isLast: boolean): Promise<boolean> {
  try {
    await applyPlan(plan);
    return true;
  } catch (error) {
    if (isLast || !(error instanceof GeneratorError) || error.code !== "CONFLICT") throw error;
    return false;
  }
}

const noPatience: Patience = { limitMs: 0, onWait: () => undefined };

/** A run that has waited for another one plans again: nobody is asked the same question twice. */
function rememberDecisions(arbiter: Arbiter): Arbiter {
  const decided = new Map<string, Promise<Resolution>>();
  return (conflict: Conflict) => {
    const key = JSON.stringify([conflict.path, conflict.present, conflict.wanted]);
    const decision = decided.get(key) ?? arbiter(conflict);
    decided.set(key, decision);
    return decision;
  };
}

async function rejectInterruptedRun(root: string): Promise<false> {
  if ((await findJournal(root)) === undefined) return false;
  throw new GeneratorError(
    "INTERRUPTED",
    "An earlier run was interrupted, and a dry run may not take it back. Run the command without --dry-run or --plan.",
  );
}

function unwritable(cause: NodeJS.ErrnoException): GeneratorError {
  const message = `Nothing was changed: ${cause.message}. Make sure that the folder can be written to, then run the command again.`;
  return new GeneratorError("UNWRITABLE", message, { cause });
}
