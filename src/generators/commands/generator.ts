import { resolve } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { declareFlags, positionalsOf, readAnswers } from "../adapters/yargs.js";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { formatterOf } from "../formatting/find-formatter.js";
import { generate } from "../generate.js";
import { findPackageManager, speak } from "../package-manager.js";
import { openProject } from "../project.js";
import { checkAnswers } from "../questions/check-answers.js";
import { realFolder } from "../workspace.js";
import { readAnswersFile } from "./answers-file.js";
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
import { workspaceFor } from "./generator-workspace.js";
import { openPlanWriter } from "./planned-generation.js";
import { enterFolder, printGeneration } from "./print-generation.js";

interface Flags extends ChangeFlags, ConflictFlag {
  readonly "no-input": boolean;
  readonly yes: boolean;
  readonly answers?: string | undefined;
  readonly "no-record": boolean;
  readonly plan?: string | undefined;
}

/** What a command does otherwise than that of a kind of ours. */
export interface CommandTraits {
  /** Finds the workspace to work on, from the folder that the command is run for. */
  readonly workspace?: (cwd: string) => Promise<string>;
}

/** The command of one generator: its questions are the flags. `name` is `$0` where it is the whole program. */
export function generatorCommand(
  generator: Generator,
  name: string,
  { workspace = (cwd) => workspaceFor(generator, cwd) }: CommandTraits = {},
): CommandModule<object, Flags> {
  return {
    command: `${name} ${positionalsOf(generator.questions)}`.trimEnd(),
    describe: generator.summary,
    builder: (yargs) =>
      withExamples(declareFlags(yargs, generator.questions), generator, name).options({
        ...changeFlags,
        ...conflictFlag,
        plan: { type: "string", requiresArg: true, describe: "Write the plan to this file instead of applying it" },
        yes: { type: "boolean", default: false, describe: "Ask only what cannot be left out" },
        answers: { type: "string", requiresArg: true, describe: "JSON file with answers; flags come before it" },
        "no-record": {
          type: "boolean",
          default: false,
          describe: "Keep no record for phasewise undo and phasewise update",
        },
        "no-input": { type: "boolean", default: false, describe: "Ask nothing, also on a terminal" },
      }),
    handler: (flags) => runGenerator(generator, flags, workspace),
  };
}

function withExamples(yargs: Argv, generator: Generator, name: string): Argv {
  for (const example of generator.examples) {
    if (name === "$0") yargs.example(example.replace(generator.name, "$0"), "");
    else yargs.example(`$0 ${name === "eject" ? "" : "create "}${example}`, "");
  }
  return yargs;
}

async function runGenerator(
  generator: Generator,
  flags: Flags,
  findRoot: (cwd: string) => Promise<string>,
): Promise<void> {
  const { "no-input": noInput, json } = flags;
  const isSilent = noInput || flags.yes;
  const isNewWorkspace = generator.newWorkspace !== undefined;
  // A workspace is made among other files only where that is said.
  const arbiter = isNewWorkspace && !flags["on-conflict"] ? undefined : chooseArbiter(flags, isSilent);
  if (flags["check-types"] && isNewWorkspace) throw nothingInstalled(generator);
  const cwd = await realFolder(resolve(flags.cwd));
  const fromFile = flags.answers === undefined ? {} : await readAnswersFile(resolve(flags.answers), generator);
  const given = { ...fromFile, ...readAnswers({ ...flags }, generator.questions) };
  checkAnswers(generator.questions, given);
  const workspace = await findRoot(cwd);
  const mayAsk = process.stdin.isTTY && !noInput && !json;
  const asking = mayAsk ? (flags.yes ? "needed" : "all") : "nothing";
  const complete = await completeAnswers(generator, given, openProject(workspace), asking);
  const answers = await resolveFolders(generator.questions, complete, cwd);
  const root = generator.newWorkspace?.(answers) ?? workspace;
  const writePlan = flags.plan === undefined ? undefined : await openPlanWriter(flags.plan, generator, answers, cwd);
  const dryRun = flags["dry-run"] || writePlan !== undefined;
  const generation = await generate(generator, answers, {
    root,
    dryRun,
    record: !flags["no-record"],
    arbiter,
    baseOf: async (path) => (await import("../records/base-of.js")).findBases(root)(path),
    format: formatterOf(root, (message) => void process.stderr.write(`${message}\n`)),
    inspect: chooseInspection(flags),
    patience,
  });
  await writePlan?.(generation);
  const entering = enterFolder(isNewWorkspace, generation.root);
  const manager = await findPackageManager(root);
  const nextSteps = [...entering, ...generator.nextSteps(answers)].map((step) => speak(manager, step));
  await printGeneration(generator.name, generation, { dryRun, json, nextSteps, planFile: flags.plan });
}

function nothingInstalled({ name }: Generator): GeneratorError {
  const message = `--check-types needs the packages of the workspace, and a new ${name} has none installed yet. Leave it out.`;
  return new GeneratorError("WRONG_USAGE", message);
}
