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
  return didYouMean(unknown, [
    "create",
    "apply",
    "eject",
    "update",
    "undo",
    "check",
    "graph",
    "completion",
    "doctor",
    ...catalog.map(({ name }) => name),
  ]);
}

/** The flags of the command at hand; yargs has them, and leaves them out of its types. */
function flagsOf(parser: Argv): string[] {
  const { key } = (parser as Argv & { getOptions(): { key: Record<string, unknown> } }).getOptions();
  return Object.keys(key).map((name) => `--${name}`);
}
