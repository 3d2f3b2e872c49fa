import { GeneratorError } from "../errors.js";
import type { Project } from "../project.js";
import type { GenerationRecord } from "./record.js";

/** The generations that have made or edited a file in a module's folder; all of them without an id. */
export async function recordsOfModule(
  records: readonly GenerationRecord[],
  id: string | undefined,
  project: Project,
): Promise<readonly GenerationRecord[]> {
  if (id === undefined) return records;
  if (!/^[\w.-]+$/.test(id)) throw new GeneratorError("WRONG_USAGE", `${JSON.stringify(id)} is no id of a module.`);
  const folder = `${project.moduleFolder(id)}/`;
  const found = records.filter(({ files }) => files.some(({ path }) => path.startsWith(folder)));
  if (found.length === 0) await project.moduleFile(id);
  return found;
}
