import type { Argv } from "yargs";
import { catalog } from "../catalog.js";
import { didYouMean } from "../did-you-mean.js";
import { GeneratorError } from "../errors.js";

/** The error for arguments that the parser rejects, with the flag, kind or command that was probably meant. */
export function wrongUsage(message: string, args: readonly string[], parser: Argv): GeneratorError {
  const [, unknown] = /^Unknown (?:argument|command)s?: ([^,]*)/.exec(message) ?? [];
  const suggestion = unknown === undefined ? "" : suggest(unknown, args, parser);
  return new GeneratorError("WRONG_USAGE", `${message.replace(/\.?$/, ".")}${suggestion} For help, add --help`);
}

function suggest(unknown: string, args: readonly string[], parser: Argv): string {
  const isFlag = args.some((arg) => arg.startsWith(`--${unknown}`));
  if (isFlag) return didYouMean(`--${unknown}`, flagsOf(parser));
  return didYouMean(unknown, [...commandsOf(parser), ...catalog.map(({ name }) => name)]);
}

/** What yargs knows of the command at hand, and leaves out of its types. */
interface ParserState {
  getOptions(): { key: Record<string, unknown> };
  getInternalMethods(): { getCommandInstance(): { getCommands(): string[] } };
}

function flagsOf(parser: Argv): string[] {
  const { key } = (parser as Argv & ParserState).getOptions();
  return Object.keys(key).map((name) => `--${name}`);
}

/** The commands that may stand here: below `create` the kinds, with those of the workspace. */
function commandsOf(parser: Argv): string[] {
  return (parser as Argv & ParserState).getInternalMethods().getCommandInstance().getCommands();
}
