import { createFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { camelCase } from "../names.js";
import { existingModule } from "../questions/module-id.js";
import { newPartName } from "../questions/part-name.js";

/** Adds logic without any I/O to the layer `operations/` of a module. */
export default defineGenerator({
  name: "operation",
  summary: "Add logic without I/O to the layer operations/ of a module",
  questions: { name: newPartName("operation", "choose-rates"), module: existingModule() },
  sample: { name: "choose-rates", module: "billing" },
  examples: ["operation choose-rates --module billing"],
  plan: async ({ name, module }, project) => {
    await project.moduleFile(module);
    const file = `${project.moduleFolder(module)}/operations/${name}`;
    return [
      createFile(`${file}.ts`, "operations/operation.ts.hbs", { name }),
      createFile(`${file}.test.ts`, "operations/operation.test.ts.hbs", { name }),
    ];
  },
  nextSteps: ({ name, module }) => [
    `Put the logic into ${camelCase(name)} of operations/${name}.ts, and run its test: npx vitest run modules`,
    `Let a command use it: npx phasewise create command <name> --module ${module} --operation ${name}`,
  ],
});
