import { resolve } from "node:path";
import type { ArgumentsCamelCase, Argv, CommandModule } from "yargs";
import { GeneratorError } from "../errors.js";
import { openProject } from "../project.js";
import { chooseRecord } from "../records/choose-record.js";
import { createGeneratorFinder } from "../records/find-generator.js";
import { findRecordedWorkspace } from "../records/find-workspace.js";
import { readRecords } from "../records/read-records.js";
import type { GenerationRecord } from "../records/record.js";
import { runOnWorkspace } from "../records/run-on-workspace.js";
import { type Undoing, planUndo } from "../records/undo.js";
import { patience } from "./change-flags.js";
import { describeConflicts, listPaths, printPlan } from "./print-plan.js";

type UndoFlags = ReturnType<typeof declareFlags> extends Argv<infer Flags> ? Flags : never;

/** `phasewise undo`: exit code 0 when all of it is taken back, 1 when something is left, 2 for wrong usage. */
export const undoCommand: CommandModule<object, UndoFlags> = {
  command: "undo [generation]",
  describe: "Take back what a generator has made, the last time or earlier",
  builder: declareFlags,
  handler: undo,
};

async function undo(flags: ArgumentsCamelCase<UndoFlags>): Promise<void> {
  const { generation, list, force, dryRun, json } = flags;
  if (list && (generation !== undefined || force || dryRun))
    throw new GeneratorError(
      "WRONG_USAGE",
      "--list changes nothing. Give it without a generation, --force and --dry-run.",
    );
  const root = await findRecordedWorkspace(resolve(flags.cwd));
  if (list) return printRecords(await readRecords(root), json);
  const replay = { project: openProject(root), findGenerator: createGeneratorFinder(root) };
  const undoing = await runOnWorkspace(root, { dryRun, patience }, async () => {
    const records = await readRecords(root);
    const record = chooseRecord(records, generation);
    return { ...(await planUndo({ root, records, record, force, replay })), record, records };
  });
  const { plan, recovered, record, records, removed, edited, restored, kept, conflicts, gone } = undoing;
  const outcomes = { remove: removed, edit: edited, restore: restored, conflict: conflicts, keep: kept };
  await printPlan({
    plan,
    dryRun,
    json,
    recovered,
    summary: { generation: record.id, removed, edited, restored, kept, conflicts, gone },
    lines: [`Undone: ${record.id}`, ...listPaths(outcomes)],
    remarks: [...describeKept(undoing, record, records), ...describeConflicts(conflicts)],
  });
  if (kept.length + conflicts.length > 0) process.exitCode = 1;
}

function describeKept({ kept }: Undoing, { id }: GenerationRecord, records: readonly GenerationRecord[]): string[] {
  const later = records.slice(records.findIndex((record) => record.id === id) + 1);
  return kept.map((path) => {
    const other = later.findLast(({ files }) => files.some((file) => file.path === path));
    const remedy = `Delete it yourself, or with: phasewise undo ${id} --force`;
    if (other === undefined) return `${path} was changed since it was generated, and is kept. ${remedy}`;
    return `${path} was changed by ${other.id}, and is kept. Undo that first, then this. ${remedy}`;
  });
}

function printRecords(records: readonly GenerationRecord[], json: boolean): void {
  const generations = records.toReversed().map(({ id, generator, version, answers, files, undone = false }) => {
    return { id, generator, version, answers, files: files.map(({ path }) => path), undone };
  });
  if (json) process.stdout.write(`${JSON.stringify({ generations }, null, 2)}\n`);
  else if (generations.length === 0) process.stdout.write("No generation is recorded here.\n");
  else
    for (const { id, version, files } of generations)
      process.stdout.write(
        `${id}  ${files.length} ${files.length === 1 ? "file" : "files"}, by phasewise ${version}\n`,
      );
}

function declareFlags(yargs: Argv) {
  return yargs
    .positional("generation", {
      type: "string",
      describe: "Its number, its name or a part of that; the last without one",
    })
    .option("list", { type: "boolean", default: false, describe: "List what can be undone, the last first" })
    .option("force", { type: "boolean", default: false, describe: "Delete files that were changed since, too" })
    .option("dry-run", { type: "boolean", default: false, describe: "Print the changes as a diff, and write nothing" })
    .option("json", { type: "boolean", default: false, describe: "Print what was changed as JSON" })
    .option("cwd", { type: "string", requiresArg: true, default: ".", describe: "Folder to work in" })
    .example("$0 undo", "the last generation")
    .example("$0 undo invoice-mailer --dry-run", "what would be taken back of an earlier one");
}
