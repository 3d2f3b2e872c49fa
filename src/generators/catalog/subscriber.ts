import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { declareDependency } from "../edits/declare-dependency.js";
import { importName } from "../edits/import-name.js";
import { subscribe } from "../edits/subscribe.js";
import { getEvent } from "../module-parts.js";
import { camelCase } from "../names.js";
import { existingEvent } from "../questions/event-type.js";
import { existingModule } from "../questions/module-id.js";
import { newPartName } from "../questions/part-name.js";

/** Adds a function to a module that handles an event, subscribes it there, and declares the dependency. */
export default defineGenerator({
  name: "subscriber",
  summary: "Handle an event in a module",
  questions: { name: newPartName("subscriber", "send-receipt"), module: existingModule(), event: existingEvent() },
  sample: { name: "send-receipt", module: "mail", event: "billing.invoice-paid" },
  examples: ["subscriber send-receipt --module mail --event billing.invoice-paid"],
  plan: async ({ name, module, event }, project) => {
    const moduleFile = await project.moduleFile(module);
    const { module: publisher } = await getEvent(event, project);
    const folder = project.moduleFolder(module);
    const subscriber = { name, module, event };
    const handler = camelCase(name);
    return [
      createFile(`${folder}/${name}-subscriber.ts`, "subscribers/subscriber.ts.hbs", subscriber),
      createFile(`${folder}/${name}-subscriber.test.ts`, "subscribers/subscriber.test.ts.hbs", subscriber),
      editFile(
        moduleFile,
        importName(handler, `./${name}-subscriber.js`),
        ...(publisher === module ? [] : [declareDependency(publisher)]),
        subscribe(event, handler),
      ),
    ];
  },
  nextSteps: ({ name }) => [
    `Put what is to happen into its ${name}-subscriber.ts, and run its test: npx vitest run modules`,
  ],
});
