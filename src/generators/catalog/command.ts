import { createFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { didYouMean } from "../did-you-mean.js";
import { camelCase } from "../names.js";
import type { Project } from "../project.js";
import { existingModule } from "../questions/module-id.js";
import { newPartName, optionalPartName } from "../questions/part-name.js";
import operation from "./operation.js";

/** Adds a command to a module, through its three layers: a thin command, an operation without I/O, and the I/O. */
export default defineGenerator({
  name: "command",
  summary: "Add a command to a module in three layers: commands/, operations/, runtime/",
  questions: {
    name: newPartName("command", "import-rates"),
    module: existingModule(),
    operation: optionalPartName(
      "operation",
      "Existing operation of the module to use; a new one if not given",
      "choose-rates",
    ),
  },
  sample: { name: "import-rates", module: "billing", operation: undefined },
  examples: ["command import-rates --module billing", "command import-rates --module billing --operation choose-rates"],
  plan: async ({ name, module, operation: used }, project) => {
    await project.moduleFile(module);
    const folder = project.moduleFolder(module);
    if (used !== undefined) await rejectUnknownOperation(used, `${folder}/operations`, project);
    const command = { name, module, operation: used ?? name };
    return [
      createFile(`${folder}/commands/${name}.ts`, "commands/command.ts.hbs", command),
      createFile(`${folder}/commands/${name}.test.ts`, "commands/command.test.ts.hbs", command),
      createFile(`${folder}/runtime/${name}-file.ts`, "commands/file.ts.hbs", command),
      ...(used === undefined ? await operation.plan({ name, module }, project) : []),
    ];
  },
  nextSteps: ({ name, operation: used }) => [
    `Put the logic into operations/${used ?? name}.ts and the I/O into runtime/${name}-file.ts, and run the tests: npx vitest run modules`,
    `Call ${camelCase(name)}Command in a method of a service: its Result can be returned as it is`,
  ],
});

async function rejectUnknownOperation(name: string, folder: string, project: Project): Promise<void> {
  const files = ((await project.namesIn(folder)) ?? []).filter((file) => /^[^.]+\.ts$/.test(file));
  const names = files.map((file) => file.slice(0, -".ts".length)).sort();
  if (names.includes(name)) return;
  const known = names.length === 0 ? "The module has none yet." : `There are: ${names.join(", ")}.`;
  const message = `There is no operation ${name} (looked for ${folder}/${name}.ts).${didYouMean(name, names)} ${known}`;
  throw new GeneratorError("INVALID_ANSWER", `${message} Leave --operation out to make a new one.`);
}
