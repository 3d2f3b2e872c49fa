import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { addDependency } from "../edits/add-dependency.js";
import { GeneratorError } from "../errors.js";
import { type PlatformAdapter, platformAdapters, settingsLibrary } from "../platform-adapters.js";
import type { Project } from "../project.js";
import { optionalModuleId } from "../questions/module-id.js";
import { platformAdapter, platformService } from "../questions/platform-service.js";

const services = Object.keys(platformAdapters);
const adapters = [...new Set(Object.values(platformAdapters).flatMap((byName) => Object.keys(byName)))];

/** Adds a module with a service of the platform, such as a database: an adapter that the user owns. */
export default defineGenerator({
  name: "platform",
  summary: "Add a platform service, such as a database, with an adapter that is yours",
  questions: {
    service: platformService(services),
    adapter: platformAdapter(adapters),
    id: optionalModuleId("Id of its module; core.<service> by default"),
  },
  sample: { service: "cache", adapter: "memory", id: undefined },
  examples: ["platform database --adapter pglite", "platform cache --adapter redis --id sessions.cache"],
  plan: async ({ service, adapter: name, id = `core.${service}` }, project) => {
    const {
      dependencies = {},
      devDependencies = {},
      secrets = [],
      dependsOn = [],
      files = [],
    } = getAdapter(service, name);
    await rejectExistingModule(id, project);
    for (const module of dependsOn) await project.moduleFile(module);
    const folder = project.moduleFolder(id);
    const names = [`${service}-service.ts`, `${service}-settings.ts`, `${service}-service.test.ts`, ...files];
    const packages = Object.entries({ ...dependencies, [settingsLibrary.name]: settingsLibrary.range });
    return [
      createFile(`${folder}/module.ts`, "platform/module.ts.hbs", { id, service, secrets, dependsOn }),
      ...names.map((file) => createFile(`${folder}/${file}`, `platform/${service}/${name}/${file}`)),
      editFile(
        "package.json",
        ...packages.map(([library, range]) => addDependency(library, range)),
        ...Object.entries(devDependencies).map(([library, range]) => addDependency(library, range, "devDependencies")),
      ),
    ];
  },
  nextSteps: ({ service, id = `core.${service}` }) => [
    "npm install",
    `Use it in a module that depends on ${id}: context.getService("${id}")`,
    `Its settings are in ${service}-settings.ts: set them in settings/${id}.json, or by environment variables`,
  ],
});

function getAdapter(service: string, name: string): PlatformAdapter {
  const known = platformAdapters[service] ?? {};
  const adapter = known[name];
  if (adapter !== undefined) return adapter;
  throw new GeneratorError(
    "INVALID_ANSWER",
    `The platform service ${service} has no adapter ${name}. There are: ${Object.keys(known).join(", ")}.`,
  );
}

async function rejectExistingModule(id: string, project: Project): Promise<void> {
  if (!(await project.hasModule(id))) return;
  const remedy = "Choose another id with --id.";
  throw new GeneratorError(
    "CONFLICT",
    `The module ${id} exists already (${project.moduleFolder(id)}/module.ts). ${remedy}`,
  );
}
