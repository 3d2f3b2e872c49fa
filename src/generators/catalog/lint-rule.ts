import { createFile, editFile, type Change } from "../changes/change.js";
import { getConfigurationFile } from "../configuration-file.js";
import { defineGenerator } from "../define-generator.js";
import { addProperty } from "../edits/add-property.js";
import { importDefault } from "../edits/import-default.js";
import { namePlugin } from "../edits/name-plugin.js";
import { camelCase } from "../names.js";
import type { Project } from "../project.js";
import { reportedCode } from "../questions/reported-code.js";
import { newRuleName } from "../questions/rule-name.js";

const folder = "lint-rules";
const registry = `${folder}/index.js`;

/** Adds a lint rule of the workspace's own, with its page and its test, to a plugin that the configuration names. */
export default defineGenerator({
  name: "lint-rule",
  summary: "Add a lint rule of your own to the workspace",
  questions: { name: newRuleName(), reports: reportedCode() },
  sample: { name: "no-busy-wait", reports: "loops that wait until a variable has changed" },
  examples: [`lint-rule no-busy-wait --reports "loops that wait until a variable has changed"`],
  plan: async ({ name, reports }, project) => {
    const configuration = await getConfigurationFile(project, "plugins");
    const file = `${folder}/${name}`;
    const rule = { name, reports };
    return [
      createFile(`${file}.js`, "lint-rules/rule.js.hbs", rule),
      createFile(`${file}.md`, "lint-rules/rule.md.hbs", rule),
      createFile(`${file}.test.js`, "lint-rules/rule.test.js.hbs", rule),
      await register(name, project),
      editFile(configuration, importDefault("lintRules", `./${registry}`), namePlugin("lintRules")),
    ];
  },
  nextSteps: ({ name }) => [
    `Put what the rule is for into ${folder}/${name}.js, its page and its test: npx vitest run ${folder}`,
    `Say in the configuration how severe local/${name} is: it is an error unless told`,
  ],
});

async function register(name: string, project: Project): Promise<Change> {
  if (!(await project.has(registry))) return createFile(registry, "lint-rules/index.js.hbs", { name });
  return editFile(
    registry,
    importDefault(camelCase(name), `./${name}.js`),
    addProperty("rules", name, camelCase(name)),
  );
}
