import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { declareServiceType } from "../edits/declare-service-type.js";
import { importName } from "../edits/import-name.js";
import { initializeService } from "../edits/initialize-service.js";
import { registerService } from "../edits/register-service.js";
import { rejectModuleId } from "../module-parts.js";
import { pascalCase } from "../names.js";
import { existingModule } from "../questions/module-id.js";
import { newServiceName } from "../questions/service-name.js";

/** Adds a service to a module, registers and initializes it there, and declares its type. */
export default defineGenerator({
  name: "service",
  summary: "Add a service to a module, with its test",
  questions: { name: newServiceName(), module: existingModule() },
  sample: { name: "mail-sender", module: "billing" },
  examples: ["service invoice-mailer --module orders", "service query-log --module core.database"],
  plan: async ({ name, module }, project) => {
    const moduleFile = await project.moduleFile(module);
    const folder = project.moduleFolder(module);
    const id = `${module}.${name}`;
    await rejectModuleId(id, project);
    const className = `${pascalCase(name)}Service`;
    const service = { name, module, id };
    return [
      createFile(`${folder}/${name}-service.ts`, "services/service.ts.hbs", service),
      createFile(`${folder}/${name}-service.test.ts`, "services/service.test.ts.hbs", service),
      editFile(
        moduleFile,
        importName(className, `./${name}-service.js`),
        declareServiceType(id, className),
        registerService(id, className),
        initializeService(id),
      ),
    ];
  },
  nextSteps: ({ name, module }) => [
    `Put what the service is for into its ${name}-service.ts, and run its test: npx vitest run modules`,
    `Use it in a module that depends on ${module}: context.getService("${module}.${name}")`,
  ],
});
