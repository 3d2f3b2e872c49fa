import { resolve } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { declareFlags, positionalsOf, readAnswers } from "../adapters/yargs.js";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { generate } from "../generate.js";
import { openProject } from "../project.js";
import { checkAnswers } from "../questions/check-answers.js";
import { findRepository, findWorkspace, realFolder } from "../workspace.js";
import {
  changeFlags,
  chooseArbiter,
  chooseInspection,
  conflictFlag,
  patience,
  type ChangeFlags,
  type ConflictFlag,
} from "./change-flags.js";
import { completeAnswers, resolveFolders } from "./complete-answers.js";
import { openPlanWriter } from "./planned-generation.js";
import { enterFolder, printGeneration } from "./print-generation.js";

interface Flags extends ChangeFlags, ConflictFlag {
  readonly "no-input": boolean;
  readonly "no-record": boolean;
  readonly plan?: string | undefined;
}

/** The command of one generator: its questions are the flags. `name` is `$0` where it is the whole program. */
export function generatorCommand(generator: Generator, name: string): CommandModule<object, Flags> {
  return {
    command: `${name} ${positionalsOf(generator.questions)}`,
    describe: generator.summary,
    builder: (yargs) =>
      withExamples(declareFlags(yargs, generator.questions), generator, name).options({
        ...changeFlags,
        ...conflictFlag,
        plan: { type: "string", requiresArg: true, describe: "Write the plan to this file instead of applying it" },
        "no-record": {
          type: "boolean",
          default: false,
          describe: "Keep no record for phasewise undo and phasewise update",
        },
        "no-input": { type: "boolean", default: false, describe: "Ask nothing, also on a terminal" },
      }),
    handler: (flags) => runGenerator(generator, flags),
  };
}

function withExamples(yargs: Argv, generator: Generator, name: string): Argv {
  for (const example of generator.examples) {
    yargs.example(name === "$0" ? example.replace(generator.name, "$0") : `$0 create ${example}`, "");
  }
  return yargs;
}

async function runGenerator(generator: Generator, flags: Flags): Promise<void> {
  const { "no-input": noInput, json } = flags;
  const isSilent = noInput || ("yes" in flags && flags.yes === true);
  const arbiter = chooseArbiter(flags, isSilent);
  if (flags["check-types"] && generator.newWorkspace !== undefined) throw nothingInstalled(generator);
  const cwd = await realFolder(resolve(flags.cwd));
  const given = readAnswers({ ...flags }, generator.questions);
  checkAnswers(generator.questions, given);
  const workspace = await workspaceFor(generator, cwd);
  const mayAsk = process.stdin.isTTY && !noInput && !json;
  const complete = await completeAnswers(generator, given, openProject(workspace), mayAsk);
  const answers = await resolveFolders(generator.questions, complete, cwd);
  const root = generator.newWorkspace?.(answers) ?? workspace;
  const writePlan = flags.plan === undefined ? undefined : await openPlanWriter(flags.plan, generator, answers, cwd);
  const dryRun = flags["dry-run"] || writePlan !== undefined;
  const generation = await generate(generator, answers, {
    root,
    dryRun,
    record: !flags["no-record"],
    arbiter,
    inspect: chooseInspection(flags),
    patience,
  });
  await writePlan?.(generation);
  const entering = enterFolder(generator.newWorkspace !== undefined, generation.root);
  const nextSteps = [...entering, ...generator.nextSteps(answers)];
  await printGeneration(generator.name, generation, { dryRun, json, nextSteps, planFile: flags.plan });
}

function nothingInstalled({ name }: Generator): GeneratorError {
  const message = `--check-types needs the packages of the workspace, and a new ${name} has none installed yet. Leave it out.`;
  return new GeneratorError("WRONG_USAGE", message);
}

async function workspaceFor({ newWorkspace, workspaceFile }: Generator, cwd: string): Promise<string> {
  if (newWorkspace !== undefined) return cwd;
  return workspaceFile === undefined ? findWorkspace(cwd) : findRepository(cwd, workspaceFile);
}
