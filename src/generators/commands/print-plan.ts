import type { Plan } from "../changes/plan.js";
import { previewPlan } from "../changes/preview.js";
import { choosePaint } from "../gate/colours.js";
import { paintDiff } from "../gate/diff.js";
import { isRecordFile } from "../records/read-records.js";

/** What a command has done to a workspace, as it prints it. */
export interface PrintedPlan {
  readonly plan: Plan;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly recovered: boolean;
  /** The members of the JSON. */
  readonly summary: object;
  /** The lines for a reader, where it is no dry run. */
  readonly lines: readonly string[];
  /** What is left to do; for standard error. */
  readonly remarks: readonly string[];
}

/** Prints what was done, or the diff of a dry run, in which records are left out; as JSON for programs. */
export async function printPlan({
  plan,
  dryRun,
  json,
  recovered,
  summary,
  lines,
  remarks,
}: PrintedPlan): Promise<void> {
  const writes = plan.writes.filter(({ path }) => !isRecordFile(path));
  const diff = dryRun ? await previewPlan({ ...plan, writes }) : undefined;
  const members = { root: plan.root, dryRun, recovered, ...summary, ...(dryRun && { diff }) };
  if (json) process.stdout.write(`${JSON.stringify(members, null, 2)}\n`);
  else if (diff !== undefined) process.stdout.write(paintDiff(diff, choosePaint(process.stdout, process.env)));
  else process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  if (recovered) process.stderr.write("An earlier run was interrupted: its changes were taken back first.\n");
  process.stderr.write(remarks.map((remark) => `${remark}\n`).join(""));
  if (dryRun && !json) process.stderr.write("Dry run: nothing was written.\n");
}

/** Lines that name what was done to each file. */
export function listPaths(outcomes: Readonly<Record<string, readonly string[]>>): string[] {
  const width = Math.max(...Object.keys(outcomes).map((verb) => verb.length));
  return Object.entries(outcomes).flatMap(([verb, paths]) => paths.map((path) => `  ${verb.padEnd(width)} ${path}`));
}

/** Says where both sides have changed the same lines. */
export function describeConflicts(conflicts: readonly string[]): string[] {
  const remedy = "Decide between the sides at each <<<<<<< marker, and delete the markers.";
  return conflicts.map((path) => `${path} was changed on both sides in the same lines. ${remedy}`);
}
