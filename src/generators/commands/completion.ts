import type { CommandModule } from "yargs";
import { completionScript, shells, type Shell } from "../completion/scripts.js";

/** `phasewise completion <shell>`: prints the script for a shell. */
export const completionCommand: CommandModule<object, { shell: Shell }> = {
  command: "completion <shell>",
  describe: "Print a script that completes commands, kinds and ids in bash, zsh or fish",
  builder: (yargs) =>
    yargs
      .positional("shell", { choices: shells, demandOption: true, describe: "The shell" })
      .example("$0 completion bash >> ~/.bashrc", ""),
  handler: ({ shell }) => void process.stdout.write(completionScript(shell)),
};
