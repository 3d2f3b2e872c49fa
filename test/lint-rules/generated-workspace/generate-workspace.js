import { writeEntityFile } from "./entity-file.js";
import { findMarks } from "./marks.js";
import { writeModuleFile } from "./module-file.js";
import { createModules } from "./module-graph.js";
import { plant } from "./plant.js";
import { createRandom } from "./random.js";
import { writeReportServiceFile } from "./report-service-file.js";
import { writeServiceFile } from "./service-file.js";
import { writeSettingsFile } from "./settings-file.js";
import { writeTestFile } from "./test-file.js";

/**
 * @typedef {object} WorkspaceOptions
 * @property {number} modules how many; each has about 170 lines in 4 to 6 files
 * @property {{ seed: number, rate: number }} [violations] what share of the possible violations is made in each module
 */

/**
 * A realistic Phasewise workspace, the same each time, and where it violates which rule: nowhere, unless told. It
 * type-checks in any case.
 *
 * @param {WorkspaceOptions} options
 * @returns {{ files: Record<string, string>, violations: import("./marks.js").Mark[] }}
 */
export function generateWorkspace({ modules: count, violations }) {
  const modules = createModules(count, createRandom(1));
  /** @type {Record<string, string>} */
  const files = {};
  for (const module of modules) Object.assign(files, writeModule(module));
  if (violations) plant(files, modules, { random: createRandom(violations.seed), rate: violations.rate });
  return { files, violations: findMarks(files) };
}

/** @param {import("./module-graph.js").GeneratedModule} module */
function writeModule(module) {
  const { folder, noun, hasReport, hasTest } = module;
  return {
    [`${folder}/module.ts`]: writeModuleFile(module),
    [`${folder}/settings.ts`]: writeSettingsFile(module),
    [`${folder}/${noun}.ts`]: writeEntityFile(module),
    [`${folder}/${noun}-service.ts`]: writeServiceFile(module),
    ...(hasReport && { [`${folder}/report-service.ts`]: writeReportServiceFile(module) }),
    ...(hasTest && { [`${folder}/${noun}.test.ts`]: writeTestFile(module) }),
  };
}
