import yargs, { type Argv, type CommandModule } from "yargs";
import module from "./catalog/module.js";
import { generatorCommand } from "./commands/generator.js";
import { wrongUsage } from "./commands/wrong-usage.js";
import { GeneratorError, exitCodeOf } from "./errors.js";
import { GateFailure } from "./gate/errors.js";
import { version } from "./release.js";

// A command is loaded when its name comes first, and all of them for the help.
const commands = {
  create: async (args: readonly string[]) =>
    (await (await import("./commands/create.js")).createCommand(folderIn(args))) as CommandModule,
  eject: async () => (await import("./commands/eject.js")).ejectCommand as CommandModule,
  update: async () => (await import("./commands/update.js")).updateCommand as CommandModule,
  undo: async () => (await import("./commands/undo.js")).undoCommand as CommandModule,
  apply: async () => (await import("./commands/apply.js")).applyCommand as CommandModule,
  check: async () => (await import("./commands/check.js")).checkCommand as CommandModule,
  graph: async () => (await import("./commands/graph.js")).graphCommand as CommandModule,
  completion: async () => (await import("./commands/completion.js")).completionCommand as CommandModule,
  doctor: async () => (await import("./commands/doctor.js")).doctorCommand as CommandModule,
};

const NAME_ONE = `Name a command: ${Object.keys(commands).join(", ")}.`;

/** The program `phasewise`: runs one command, and leaves its outcome in `process.exitCode`. */
export async function runPhasewise(args: readonly string[]): Promise<void> {
  if (args[0] === "completion" && args[1] === "words") return printWords(args.slice(args.indexOf("--") + 1));
  await runProgram("phasewise", args, async (parser) => {
    const load = Object.entries(commands).find(([name]) => name === args[0])?.[1];
    const loaded = await Promise.all((load ? [load] : Object.values(commands)).map((load) => load(args)));
    parser.command(loaded).demandCommand(1, 1, NAME_ONE, "Name one command.");
  });
}

/** What a script of `phasewise completion` asks for; a shell that waits for words is told of no problem. */
async function printWords(words: readonly string[]): Promise<void> {
  const { completeLine } = await import("./completion/complete.js");
  const found = await completeLine({ words, cwd: process.cwd(), commands: Object.keys(commands) });
  process.stdout.write(found.map((word) => `${word}\n`).join(""));
}

/** The program `create-module`: the very same as `phasewise create module`. */
export async function runCreateModule(args: readonly string[]): Promise<void> {
  await runProgram("create-module", args, async (parser) => void parser.command(generatorCommand(module, "$0")));
}

async function runProgram(
  name: string,
  args: readonly string[],
  declare: (parser: Argv) => Promise<void>,
): Promise<void> {
  process.stdout.on("error", ignoreClosedPipe);
  try {
    const parser = yargs([...args])
      .scriptName(name)
      .version(version)
      .locale("en");
    await declare(parser);
    await parser
      .parserConfiguration({ "boolean-negation": false })
      .wrap(Math.min(110, parser.terminalWidth()))
      .strict()
      .exitProcess(false)
      .fail((message, error) => {
        throw error !== undefined && error.name !== "YError" ? error : wrongUsage(message, args, parser);
      })
      .parseAsync();
  } catch (error) {
    await report(error, args);
    process.exitCode = exitCodeOf(error);
  }
}

/** What `--cwd` names, before the parser knows the flags: a workspace may add kinds. */
function folderIn(args: readonly string[]): string {
  const index = args.findIndex((arg) => /^--cwd(?:=|$)/.test(arg));
  return (index < 0 ? undefined : (/=(.*)/.exec(args[index]!)?.[1] ?? args[index + 1])) ?? ".";
}

/** Says what went wrong; what is no wrong use of the program is also written down for a bug report. */
async function report(error: unknown, args: readonly string[]): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof GeneratorError ? error.code : "INTERNAL";
  if (args.includes("--json")) process.stdout.write(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`);
  const saysWhatToDo = error instanceof GeneratorError || error instanceof GateFailure;
  const told = saysWhatToDo ? message : `This is a defect of Phasewise: ${message}`;
  process.stderr.write(`${told.replaceAll(/\n\s+at .*/g, "")}\n`);
  if (exitCodeOf(error) !== 3) return;
  const { writeBugReport } = await import("./bug-report.js");
  const file = await writeBugReport(error, args);
  if (file !== undefined) process.stderr.write(`To report a bug, attach ${file}\n`);
}

/** A reader such as `head` may stop reading before everything is printed. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
