import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CommandModule } from "yargs";
import { resolveInside } from "../changes/paths.js";
import { readPlanFile, restorePlan, type PlanFile } from "../changes/plan-file.js";
import { GeneratorError } from "../errors.js";
import { carryOut } from "../generate.js";
import { findMarkedWorkspace, findWorkspace, realFolder } from "../workspace.js";
import { changeFlags, chooseInspection, patience, type ChangeFlags } from "./change-flags.js";
import { enterFolder, printGeneration } from "./print-generation.js";

interface Flags extends ChangeFlags {
  readonly plan: string;
}

/** `phasewise apply <plan>`: applies what `--plan` has written, if the workspace is still as it was then. */
export const applyCommand: CommandModule<object, Flags> = {
  command: "apply <plan>",
  describe: "Apply a plan that was written with --plan",
  builder: (yargs) =>
    yargs
      .positional("plan", { type: "string", demandOption: true, describe: "File that --plan has written" })
      .options(changeFlags)
      .example("$0 create module orders --plan orders.json", "plan")
      .example("$0 apply orders.json", "and apply it"),
  handler: apply,
};

async function apply(flags: Flags): Promise<void> {
  const { plan: name, json, "dry-run": dryRun } = flags;
  const cwd = await realFolder(resolve(flags.cwd));
  const file = readPlanFile(name, await readPlanText(name));
  const root = await findRoot(file, cwd);
  const generation = await carryOut(root, (place) => restorePlan(file, place), {
    dryRun,
    inspect: chooseInspection(flags),
    patience,
  });
  const nextSteps = [...enterFolder(file.folder !== null, generation.root), ...file.nextSteps];
  await printGeneration(file.generator, generation, { dryRun, json, nextSteps });
}

async function readPlanText(name: string): Promise<string> {
  return readFile(resolve(name), "utf8").catch((cause: Error) => {
    throw new GeneratorError("WRONG_USAGE", `The plan ${name} cannot be read: ${cause.message}.`, { cause });
  });
}

async function findRoot({ folder, workspaceFile }: PlanFile, cwd: string): Promise<string> {
  if (folder !== null) return resolveInside(cwd, folder);
  return workspaceFile === null ? findWorkspace(cwd) : findMarkedWorkspace(cwd, workspaceFile);
}
