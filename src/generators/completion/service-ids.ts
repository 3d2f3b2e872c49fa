import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "../project.js";

/** The ids of the services that the modules of a workspace declare, as far as their texts show them; sorted. */
export async function readServiceIds(project: Project): Promise<string[]> {
  const modules = await project.moduleIds();
  const texts = modules.map((id) =>
    readFile(join(project.root, project.moduleFolder(id), "module.ts"), "utf8").catch(() => ""),
  );
  const ids = (await Promise.all(texts)).flatMap((text) => {
    return [...text.matchAll(/\.registerService\(\s*(["'`])([\w.-]+)\1/g)].map(([, , id = ""]) => id);
  });
  return [...new Set(ids)].sort();
}
