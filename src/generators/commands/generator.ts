import { resolve } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { declareFlags, positionalsOf, readAnswers } from "../adapters/yargs.js";
import type { Generator } from "../define-generator.js";
import { generate } from "../generate.js";
import { openProject } from "../project.js";
import { checkAnswers } from "../questions/check-answers.js";
import { findRepository, findWorkspace, realFolder } from "../workspace.js";
import { completeAnswers, resolveFolders } from "./complete-answers.js";
import { printGeneration } from "./print-generation.js";

interface Flags {
  readonly cwd: string;
  readonly "dry-run": boolean;
  readonly json: boolean;
  readonly "no-input": boolean;
}

/** The command of one generator: its questions are the flags. `name` is `$0` where it is the whole program. */
export function generatorCommand(generator: Generator, name: string): CommandModule<object, Flags> {
  return {
    command: `${name} ${positionalsOf(generator.questions)}`.trim(),
    describe: generator.summary,
    builder: (yargs) =>
      withExamples(declareFlags(yargs, generator.questions), generator, name).options({
        cwd: { type: "string", requiresArg: true, default: ".", describe: "Folder to work in" },
        "dry-run": { type: "boolean", default: false, describe: "Print the changes as a diff, and write nothing" },
        json: { type: "boolean", default: false, describe: "Print what was changed as JSON" },
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
  const { "dry-run": dryRun, "no-input": noInput, json } = flags;
  const cwd = await realFolder(resolve(flags.cwd));
  const given = readAnswers({ ...flags }, generator.questions);
  checkAnswers(generator.questions, given);
  const workspace = await workspaceFor(generator, cwd);
  const mayAsk = process.stdin.isTTY && !noInput && !json;
  const complete = await completeAnswers(generator, given, openProject(workspace), mayAsk);
  const answers = await resolveFolders(generator.questions, complete, cwd);
  const root = generator.newWorkspace?.(answers) ?? workspace;
  const generation = await generate(generator, answers, { root, dryRun });
  await printGeneration(generator, answers, generation, { dryRun, json });
}

async function workspaceFor({ newWorkspace, workspaceFile }: Generator, cwd: string): Promise<string> {
  if (newWorkspace !== undefined) return cwd;
  return workspaceFile === undefined ? findWorkspace(cwd) : findRepository(cwd, workspaceFile);
}
