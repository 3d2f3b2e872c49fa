import type { CommandModule } from "yargs";
import { catalog } from "../catalog.js";
import { GeneratorError } from "../errors.js";
import { generatorCommand } from "./generator.js";

/** `phasewise create <kind>`: one command for each generator of the catalog. */
export const createCommand: CommandModule<object, { list: boolean }> = {
  command: "create",
  describe: "Make an application, or add a module or a service to one",
  builder: (yargs) => {
    for (const generator of catalog) {
      yargs.command(generatorCommand(generator, generator.name));
      yargs.example(`$0 create ${generator.examples[0]}`, generator.summary);
    }
    return yargs
      .usage("$0 create <kind>")
      .option("list", { type: "boolean", default: false, global: false, describe: "List what can be made" });
  },
  handler: ({ list }) => {
    if (!list) throw kindMissing();
    const width = Math.max(...catalog.map(({ name }) => name.length));
    for (const { name, summary } of catalog) process.stdout.write(`${name.padEnd(width)}  ${summary}\n`);
  },
};

function kindMissing(): GeneratorError {
  const kinds = catalog.map(({ name }) => name).join(", ");
  return new GeneratorError("WRONG_USAGE", `Say what to make: ${kinds}. For help, add --help`);
}
