import { resolve } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { declareFlags, positionalsOf, readAnswers } from "../adapters/yargs.js";
import type { Generator } from "../define-generator.js";
import { generate } from "../generate.js";
import { openProject } from "../project.js";
import { checkAnswers } from "../questions/check-answers.js";
import { realFolder } from "../workspace.js";
import { readAnswersFile } from "./answers-file.js";
import { completeAnswers, resolveFolders } from "./complete-answers.js";
import { workspaceFor } from "./generator-workspace.js";
import { printGeneration } from "./print-generation.js";

interface Flags {
  readonly cwd: string;
  readonly "dry-run": boolean;
  readonly json: boolean;
  readonly "no-input": boolean;
  readonly yes: boolean;
  readonly answers?: string | undefined;
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
        cwd: { type: "string", requiresArg: true, default: ".", describe: "Folder to work in" },
        "dry-run": { type: "boolean", default: false, describe: "Print the changes as a diff, and write nothing" },
        json: { type: "boolean", default: false, describe: "Print what was changed as JSON" },
        yes: { type: "boolean", default: false, describe: "Ask only what cannot be left out" },
        answers: { type: "string", requiresArg: true, describe: "JSON file with answers; flags come before it" },
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
  const { "dry-run": dryRun, "no-input": noInput, json } = flags;
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
  const generation = await generate(generator, answers, { root, dryRun });
  await printGeneration(generator, answers, generation, { dryRun, json });
}
