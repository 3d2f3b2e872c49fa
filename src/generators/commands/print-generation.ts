import { relative } from "node:path";
import { previewPlan } from "../changes/preview.js";
import type { Write } from "../changes/plan.js";
import { choosePaint } from "../gate/colours.js";
import { paintDiff } from "../gate/diff.js";
import type { Generation } from "../generate.js";
import { isRecordFile } from "../records/read-records.js";

/** How the outcome of a run is told. */
export interface Printing {
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly nextSteps: readonly string[];
  /** Where the plan was written to instead of being applied. */
  readonly planFile?: string | undefined;
}

/** Prints what a run has changed and what may come next, or the diff of a dry run; as JSON for programs. Records are no part of either. */
export async function printGeneration(generator: string, made: Generation, printing: Printing): Promise<void> {
  const { dryRun, json, nextSteps, planFile } = printing;
  const generation = { ...made, writes: made.writes.filter(({ path }) => !isRecordFile(path)) };
  const record = made.writes.find(({ path }) => isRecordFile(path))?.path;
  const outcome = dryRun ? { diff: await previewPlan(generation) } : { nextSteps };
  if (json)
    process.stdout.write(
      `${JSON.stringify({ ...summarize(generator, generation, printing), record, ...outcome }, null, 2)}\n`,
    );
  else if (outcome.diff !== undefined)
    process.stdout.write(paintDiff(outcome.diff, choosePaint(process.stdout, process.env)));
  else process.stdout.write(describe(generation, nextSteps));
  if (generation.recovered)
    process.stderr.write("An earlier run was interrupted: its changes were taken back first.\n");
  if (json) return;
  for (const { path } of generation.writes.filter(({ markers = 0 }) => markers > 0))
    process.stderr.write(`Resolve the conflict markers in ${path}.\n`);
  if (planFile !== undefined)
    process.stderr.write(
      `The plan is in ${planFile}, and nothing else was written. Next: phasewise apply ${planFile}\n`,
    );
  else if (dryRun) process.stderr.write("Dry run: nothing was written.\n");
}

/** The step into a workspace that was made, unless it is the current folder. */
export function enterFolder(isNew: boolean, root: string): string[] {
  const path = relative(process.cwd(), root);
  if (!isNew || path === "") return [];
  return [`cd ${/\s/.test(path) ? JSON.stringify(path) : path}`];
}

function describe({ root, writes }: Generation, nextSteps: readonly string[]): string {
  const changes = writes.map((write) => `  ${actionOf(write).padEnd(6)} ${write.path}`);
  const next = nextSteps.length === 0 ? [] : ["", "Next:", ...nextSteps.map((step) => `  ${step}`)];
  return [`In ${root}:`, ...changes, ...next, ""].join("\n");
}

function summarize(generator: string, { root, recovered, writes }: Generation, { dryRun, planFile }: Printing) {
  const pathsOf = (action: string) => writes.filter((write) => actionOf(write) === action).map(({ path }) => path);
  return {
    generator,
    root,
    dryRun,
    ...(planFile !== undefined && { plan: planFile }),
    recovered,
    created: pathsOf("create"),
    edited: pathsOf("edit"),
    removed: pathsOf("remove"),
    unchanged: pathsOf("keep"),
    unresolved: writes.filter(({ markers = 0 }) => markers > 0).map(({ path }) => path),
  };
}

function actionOf({ before, after }: Write): "create" | "edit" | "remove" | "keep" {
  if (before === null) return "create";
  if (after === null) return "remove";
  return before === after ? "keep" : "edit";
}
