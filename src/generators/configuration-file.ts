import { GeneratorError } from "./errors.js";
import type { Project } from "./project.js";

/** The configuration file that an edit can add to; `CONFLICT` where there is none, with the text of one that has `key`. */
export async function getConfigurationFile(project: Project, key: string): Promise<string> {
  const names = (await project.namesIn(".")) ?? [];
  const found = names.find((name) => /^phasewise\.config\.(?:js|mjs|ts)$/.test(name));
  if (found !== undefined) return found;
  const remedy = `Make phasewise.config.js, with: import { defineConfig } from "phasewise"; export default defineConfig({ ${key}: [] });`;
  throw new GeneratorError("CONFLICT", `There is no phasewise.config.js, .mjs or .ts to name it in. ${remedy}`);
}
