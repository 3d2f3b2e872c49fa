import type { CommandModule } from "yargs";
import { catalog } from "../catalog.js";
import { GeneratorError } from "../errors.js";
import { findWorkspaceGenerators } from "../workspace-generators.js";
import { generatorCommand } from "./generator.js";

/** `phasewise create <kind>`: one command for each generator of the catalog, and of the workspace around `cwd`. */
export async function createCommand(cwd: string): Promise<CommandModule<object, { list: boolean }>> {
  const kinds = catalog.map(({ name }) => name);
  const all = [...catalog, ...(await findWorkspaceGenerators(cwd, kinds))];
  return {
    command: "create",
    describe: "Make an application, or add a module or a service to one",
    builder: (yargs) => {
      for (const generator of all) yargs.command(generatorCommand(generator, generator.name));
      for (const { examples, summary } of all) yargs.example(`$0 create ${examples[0]}`, summary);
      return yargs
        .usage("$0 create <kind>")
        .option("list", { type: "boolean", default: false, global: false, describe: "List what can be made" });
    },
    handler: ({ list }) => {
      if (!list) throw kindMissing(all.map(({ name }) => name));
      const width = Math.max(...all.map(({ name }) => name.length));
      for (const { name, summary } of all) process.stdout.write(`${name.padEnd(width)}  ${summary}\n`);
    },
  };
}

function kindMissing(kinds: readonly string[]): GeneratorError {
  return new GeneratorError("WRONG_USAGE", `Say what to make: ${kinds.join(", ")}. For help, add --help`);
}
