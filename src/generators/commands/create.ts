import type { CommandModule } from "yargs";
import { catalog } from "../catalog.js";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { kebabCase } from "../names.js";
import { isRequired } from "../questions/question.js";
import { findWorkspaceGenerators } from "../workspace-generators.js";
import { findOfferedKinds } from "../offered-kinds.js";
import { generatorCommand } from "./generator.js";

interface ListFlags {
  readonly list: boolean;
  readonly json: boolean;
}

/** `phasewise create <kind>`: one command for each generator of the catalog, and of the workspace around `cwd`. */
export async function createCommand(cwd: string): Promise<CommandModule<object, ListFlags>> {
  const kinds = catalog.map(({ name }) => name);
  const added = await findWorkspaceGenerators(cwd, kinds);
  const all = [...catalog, ...added];
  const offered = [...(await findOfferedKinds(cwd)), ...added];
  return {
    command: "create",
    describe: "Make an application, or add a module or a service to one",
    builder: (yargs) => {
      for (const generator of all) {
        const command = generatorCommand(generator, generator.name);
        yargs.command(offered.includes(generator) ? command : { ...command, describe: false });
      }
      for (const { examples, summary } of offered) yargs.example(`$0 create ${examples[0]}`, summary);
      return yargs
        .usage("$0 create <kind>")
        .option("list", { type: "boolean", default: false, global: false, describe: "List what can be made" })
        .option("json", { type: "boolean", default: false, global: false, describe: "With --list: as JSON" });
    },
    handler: ({ list, json }) => {
      if (!list) throw kindMissing(offered.map(({ name }) => name));
      process.stdout.write(json ? `${JSON.stringify(offered.map(describeKind), null, 2)}\n` : listKinds(offered));
    },
  };
}

function listKinds(all: readonly Generator[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join("");
}

function describeKind({ name, summary, questions, examples }: Generator) {
  const asked = Object.entries(questions).map(([key, question]) => ({
    name: kebabCase(key),
    form: question.form,
    required: isRequired(question),
    positional: question.positional ?? false,
    message: question.message,
  }));
  return { name, summary, questions: asked, examples: examples.map((example) => `phasewise create ${example}`) };
}

function kindMissing(kinds: readonly string[]): GeneratorError {
  return new GeneratorError("WRONG_USAGE", `Say what to make: ${kinds.join(", ")}. For help, add --help`);
}
