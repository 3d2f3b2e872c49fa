import { relative } from "node:path";
import { previewPlan } from "../changes/preview.js";
import type { Write } from "../changes/plan.js";
import type { Generator } from "../define-generator.js";
import type { Generation } from "../generate.js";
import type { GivenAnswers } from "../questions/question.js";

/** Prints what a run has changed and what may come next, or the diff of a dry run; as JSON for programs. */
export async function printGeneration(
  generator: Generator,
  answers: GivenAnswers,
  generation: Generation,
  { dryRun, json }: { dryRun: boolean; json: boolean },
): Promise<void> {
  const nextSteps = [...enterFolder(generator, generation.root), ...generator.nextSteps(answers)];
  const outcome = dryRun ? { diff: await previewPlan(generation) } : { nextSteps };
  if (json)
    process.stdout.write(`${JSON.stringify({ ...summarize(generator, generation, dryRun), ...outcome }, null, 2)}\n`);
  else process.stdout.write(outcome.diff ?? describe(generation, nextSteps));
  if (generation.recovered)
    process.stderr.write("An earlier run was interrupted: its changes were taken back first.\n");
  if (dryRun && !json) process.stderr.write("Dry run: nothing was written.\n");
}

function describe({ root, writes }: Generation, nextSteps: readonly string[]): string {
  const changes = writes.map((write) => `  ${actionOf(write).padEnd(6)} ${write.path}`);
  return [`In ${root}:`, ...changes, "", "Next:", ...nextSteps.map((step) => `  ${step}`), ""].join("\n");
}

function summarize({ name }: Generator, { root, recovered, writes, record }: Generation, dryRun: boolean) {
  const pathsOf = (action: string) => writes.filter((write) => actionOf(write) === action).map(({ path }) => path);
  return {
    generator: name,
    root,
    dryRun,
    recovered,
    created: pathsOf("create"),
    edited: pathsOf("edit"),
    unchanged: pathsOf("keep"),
    ...(record && { record: record.path }),
  };
}

function actionOf({ before, after }: Write): "create" | "edit" | "keep" {
  if (before === null) return "create";
  return before === after ? "keep" : "edit";
}

function enterFolder({ newWorkspace }: Generator, root: string): string[] {
  const path = relative(process.cwd(), root);
  if (newWorkspace === undefined || path === "") return [];
  return [`cd ${/\s/.test(path) ? JSON.stringify(path) : path}`];
}
