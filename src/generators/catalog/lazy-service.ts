import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { declareServiceType } from "../edits/declare-service-type.js";
import { importName } from "../edits/import-name.js";
import { registerLazyService } from "../edits/register-lazy-service.js";
import { rejectModuleId } from "../module-parts.js";
import { pascalCase } from "../names.js";
import { existingModule } from "../questions/module-id.js";
import { newServiceName } from "../questions/service-name.js";

/** Adds a service to a module that is made when it is used for the first time. */
export default defineGenerator({
  name: "lazy-service",
  summary: "Add a service to a module that is made at its first use",
  questions: { name: newServiceName(), module: existingModule() },
  sample: { name: "pdf-renderer", module: "billing" },
  examples: ["lazy-service pdf-renderer --module billing"],
  plan: async ({ name, module }, project) => {
    const moduleFile = await project.moduleFile(module);
    const folder = project.moduleFolder(module);
    const id = `${module}.${name}`;
    await rejectModuleId(id, project);
    const className = `${pascalCase(name)}Service`;
    const service = { name, module, id };
    return [
      createFile(`${folder}/${name}-service.ts`, "services/service.ts.hbs", service),
      createFile(`${folder}/${name}-service.test.ts`, "services/lazy-service.test.ts.hbs", service),
      editFile(
        moduleFile,
        importName(className, `./${name}-service.js`),
        declareServiceType(id, className),
        registerLazyService(id, className),
      ),
    ];
  },
  nextSteps: ({ name, module }) => [
    `Put what the service is for into its ${name}-service.ts, and run its test: npx vitest run modules`,
    `Use it in a module that depends on ${module}: await context.getLazyService("${module}.${name}")`,
  ],
});
