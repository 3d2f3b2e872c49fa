import { generate } from "../../../src/generators/generate.js";
import module from "../../../src/generators/catalog/module.js";
import service from "../../../src/generators/catalog/service.js";
import { emptyWorkspace, temporaryFolder, type Files } from "../temporary-folder.js";

/** A workspace with functions that generate into it and record that. */
export async function recordedWorkspace(files: Files = {}) {
  const folder = await temporaryFolder({ ...emptyWorkspace, ...files });
  const place = { root: folder.path, record: true };
  return {
    ...folder,
    addModule: (id: string, dependsOn: readonly string[] = []) => generate(module, { id, dependsOn }, place),
    addService: (name: string, to: string) => generate(service, { name, module: to }, place),
    /** All files but the records. */
    sources: async () => withoutRecords(await folder.files()),
    records: async () => Object.keys(await folder.files()).filter((path) => path.startsWith(".phasewise/")),
  };
}

export function withoutRecords(files: Files): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(".phasewise/")));
}
