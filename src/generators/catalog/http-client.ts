import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { declareServiceType } from "../edits/declare-service-type.js";
import { importName } from "../edits/import-name.js";
import { initializeService } from "../edits/initialize-service.js";
import { registerService } from "../edits/register-service.js";
import { rejectModuleId } from "../module-parts.js";
import { pascalCase } from "../names.js";
import { baseUrl } from "../questions/base-url.js";
import { existingModule } from "../questions/module-id.js";
import { newServiceName } from "../questions/service-name.js";

/** Adds a service to a module that asks another system over HTTP. */
export default defineGenerator({
  name: "http-client",
  summary: "Add a service to a module that asks another system over HTTP",
  questions: { name: newServiceName(), module: existingModule(), url: baseUrl() },
  sample: { name: "rates", module: "billing", url: "https://rates.example.com/v1" },
  examples: ["http-client rates --module billing --url https://rates.example.com/v1"],
  plan: async ({ name, module, url }, project) => {
    const moduleFile = await project.moduleFile(module);
    const folder = project.moduleFolder(module);
    const id = `${module}.${name}`;
    await rejectModuleId(id, project);
    const className = `${pascalCase(name)}Service`;
    const client = { name, module, id, url };
    return [
      createFile(`${folder}/${name}-service.ts`, "http-clients/client.ts.hbs", client),
      createFile(`${folder}/${name}-service.test.ts`, "http-clients/client.test.ts.hbs", client),
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
    `Put what is asked for into its ${name}-service.ts, and run its test: npx vitest run modules`,
    `Use it in a module that depends on ${module}: context.getService("${module}.${name}")`,
  ],
});
