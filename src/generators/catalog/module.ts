import { createFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { lastSegment } from "../names.js";
import type { Project } from "../project.js";
import { existingModules, newModuleId } from "../questions/module-id.js";

/** Adds a module with one service and its test. Its service has the id of the module. */
export default defineGenerator({
  name: "module",
  summary: "Add a module with a service and its test",
  questions: {
    id: newModuleId(),
    dependsOn: existingModules("Modules that must be active before this one"),
  },
  sample: { id: "billing", dependsOn: ["core.database"] },
  examples: ["module orders", "module core.database", "module orders --depends-on core.database,billing"],
  findTaken: async ({ id }, project) => {
    if (!(await project.hasModule(id))) return undefined;
    const remedy = `Choose another id, or add to it with phasewise create service <name> --module ${id}.`;
    return `The module ${id} exists already (${project.moduleFolder(id)}/module.ts). ${remedy}`;
  },
  plan: async ({ id, dependsOn }, project) => {
    await rejectServiceId(id, project);
    for (const dependency of dependsOn) await project.moduleFile(dependency);
    const folder = project.moduleFolder(id);
    const name = lastSegment(id);
    const service = { name, module: id, id };
    return [
      createFile(`${folder}/module.ts`, "modules/module.ts.hbs", { id, name, dependsOn: [...new Set(dependsOn)] }),
      createFile(`${folder}/${name}-service.ts`, "services/service.ts.hbs", service),
      createFile(`${folder}/${name}-service.test.ts`, "services/service.test.ts.hbs", service),
    ];
  },
  nextSteps: ({ id }) => [
    `Put what the module is for into its ${lastSegment(id)}-service.ts, and run its test: npx vitest run modules`,
    `Add another service: npx phasewise create service <name> --module ${id}`,
  ],
});

async function rejectServiceId(id: string, project: Project): Promise<void> {
  const service = `${project.moduleFolder(id)}-service.ts`;
  if (!id.includes(".") || !(await project.has(service))) return;
  throw new GeneratorError("CONFLICT", `${id} is the id of the service in ${service} already. Choose another id.`);
}
