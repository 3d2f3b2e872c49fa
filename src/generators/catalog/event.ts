import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { declareEvent } from "../edits/declare-event.js";
import { importType } from "../edits/import-type.js";
import { pascalCase } from "../names.js";
import { existingModule } from "../questions/module-id.js";
import { newPartName } from "../questions/part-name.js";

/** Declares an event of a module, with its data and a test that publishes it. */
export default defineGenerator({
  name: "event",
  summary: "Declare an event that a module publishes",
  questions: { name: newPartName("event", "invoice-paid"), module: existingModule() },
  sample: { name: "invoice-paid", module: "billing" },
  examples: ["event invoice-paid --module billing"],
  plan: async ({ name, module }, project) => {
    const moduleFile = await project.moduleFile(module);
    const folder = project.moduleFolder(module);
    const type = `${module}.${name}`;
    const data = pascalCase(name);
    return [
      createFile(`${folder}/${name}-event.ts`, "events/event.ts.hbs", { name, type }),
      createFile(`${folder}/${name}-event.test.ts`, "events/event.test.ts.hbs", { name, type, module }),
      editFile(moduleFile, importType(data, `./${name}-event.js`), declareEvent(type, data)),
    ];
  },
  nextSteps: ({ name, module }) => [
    `Put what the event tells into its ${name}-event.ts, and run its test: npx vitest run modules`,
    `Publish it: npx phasewise create method <name> --service ${module} --event ${name}`,
    `Handle it in another module: npx phasewise create subscriber <name> --module <id> --event ${module}.${name}`,
  ],
});
