import { resolve } from "node:path";
import type { ArgumentsCamelCase, Argv, CommandModule } from "yargs";
import { openProject } from "../project.js";
import { recordsOfModule } from "../records/of-module.js";
import { createGeneratorFinder } from "../records/find-generator.js";
import { findRecordedWorkspace } from "../records/find-workspace.js";
import { readRecords } from "../records/read-records.js";
import { runOnWorkspace } from "../records/run-on-workspace.js";
import { type Updating, planUpdate } from "../records/update.js";
import { patience } from "./change-flags.js";
import { describeConflicts, listPaths, printPlan } from "./print-plan.js";

type UpdateFlags = ReturnType<typeof declareFlags> extends Argv<infer Flags> ? Flags : never;

/** `phasewise update`: exit code 0 when all is up to date, 1 when something is left to do, 2 for wrong usage. */
export const updateCommand: CommandModule<object, UpdateFlags> = {
  command: "update [module]",
  describe: "Bring what was generated up to date with today's templates",
  builder: declareFlags,
  handler: update,
};

async function update({ module, dryRun, json, ...flags }: ArgumentsCamelCase<UpdateFlags>): Promise<void> {
  const root = await findRecordedWorkspace(resolve(flags.cwd));
  const project = openProject(root);
  const updating = await runOnWorkspace(root, { dryRun, patience }, async () => {
    const records = await readRecords(root);
    const chosen = await recordsOfModule(records, module, project);
    const request = { project, records, chosen, findGenerator: createGeneratorFinder(root) };
    return { ...(await planUpdate(request)), generations: chosen.length };
  });
  const { plan, recovered, generations, updated, created, removed, kept, conflicts, failures } = updating;
  await printPlan({
    plan,
    dryRun,
    json,
    recovered,
    summary: { generations, updated, created, removed, kept, conflicts, failures },
    lines: describe(updating, generations, module),
    remarks: [
      ...failures.map(({ id, message }) => `${id} was not updated: ${message}`),
      ...describeConflicts(conflicts),
      ...(dryRun && plan.writes.length === 0 && failures.length === 0 ? ["Nothing to do: all is up to date."] : []),
    ],
  });
  if (failures.length + conflicts.length > 0) process.exitCode = 1;
}

function describe(updating: Updating, generations: number, module: string | undefined): string[] {
  const { plan, updated, created, removed, kept, conflicts, failures } = updating;
  if (generations === 0)
    return [`Nothing to do: no generation ${module === undefined ? "" : `of ${module} `}is recorded here.`];
  const outcomes = listPaths({ update: updated, create: created, remove: removed, conflict: conflicts, keep: kept });
  if (outcomes.length > 0) return [`In ${plan.root}:`, ...outcomes];
  return failures.length > 0 ? [] : ["Nothing to do: all is up to date."];
}

function declareFlags(yargs: Argv) {
  return yargs
    .positional("module", { type: "string", describe: "Update the generations of this module only" })
    .option("dry-run", { type: "boolean", default: false, describe: "Print the changes as a diff, and write nothing" })
    .option("json", { type: "boolean", default: false, describe: "Print what was changed as JSON" })
    .option("cwd", { type: "string", requiresArg: true, default: ".", describe: "Folder to work in" })
    .example("$0 update --dry-run", "what today's templates would change")
    .example("$0 update orders", "one module");
}
