import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { addMethod } from "../edits/add-method.js";
import { importType } from "../edits/import-type.js";
import { keepContext } from "../edits/keep-context.js";
import { getService } from "../module-parts.js";
import { camelCase, lastSegment } from "../names.js";
import type { Project } from "../project.js";
import { errorCodes } from "../questions/error-codes.js";
import { newPartName, optionalPartName } from "../questions/part-name.js";
import { existingService } from "../questions/service-id.js";
import event from "./event.js";

/** Adds a method to a service, with its error codes and its test, and the event that it publishes. */
export default defineGenerator({
  name: "method",
  summary: "Add a method to a service, with its error codes, its test, and perhaps an event",
  questions: {
    name: newPartName("method", "pay-invoice"),
    service: existingService(),
    codes: errorCodes(),
    event: optionalPartName(
      "event",
      "Event of its module that the method publishes, such as invoice-paid",
      "invoice-paid",
    ),
  },
  sample: { name: "pay-invoice", service: "billing", codes: ["NOT_FOUND", "PAID_ALREADY"], event: "invoice-paid" },
  examples: [
    "method pay-invoice --service billing --codes NOT_FOUND,PAID_ALREADY --event invoice-paid",
    "method rename --service core.database",
  ],
  plan: async ({ name, service: id, codes, event: eventName }, project) => {
    const { module, typeName, name: serviceName, file } = await getService(id, project);
    const type = eventName && `${module}.${eventName}`;
    const isDeclared = await project.has(`${project.moduleFolder(module)}/${eventName}-event.ts`);
    const method = { name: camelCase(name), codes: [...new Set(codes)], event: type };
    const test = { id, module, name, serviceName, typeName, codes: method.codes, event: type ?? "" };
    const template = (await isLazy(id, module, project))
      ? "methods/lazy-method.test.ts.hbs"
      : "methods/method.test.ts.hbs";
    const contextEdits = [importType("ActivationContext", "@phasewise/runtime"), keepContext(typeName)];
    return [
      createFile(file.replace(/ts$/, `${name}.test.ts`), template, test),
      editFile(file, ...(type ? contextEdits : []), addMethod(typeName, method)),
      ...(eventName && !isDeclared ? await event.plan({ name: eventName, module }, project) : []),
    ];
  },
  nextSteps: ({ name, service }) => [
    `Put what the method is for into ${camelCase(name)} of ${lastSegment(service)}-service.ts, and run its test: npx vitest run modules`,
  ],
});

/** A service that is made at its first use has to be asked for in another way. */
async function isLazy(id: string, module: string, project: Project): Promise<boolean> {
  const text = (await project.text(`${project.moduleFolder(module)}/module.ts`)) ?? "";
  return [`"`, `'`].some((mark) => text.includes(`registerLazyService(${mark}${id}${mark}`));
}
