import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { didYouMean } from "../did-you-mean.js";
import { addProperty } from "../edits/add-property.js";
import { addTableRow } from "../edits/add-table-row.js";
import { importDefault } from "../edits/import-default.js";
import { GeneratorError } from "../errors.js";
import { camelCase } from "../names.js";
import type { Project } from "../project.js";
import { conceptsFolder, existingConcept } from "../questions/concept.js";
import { newRuleName } from "../questions/rule-name.js";
import { reportedCode } from "../questions/reported-code.js";

const registry = "src/lint-rules/rules.ts";

/** Adds a rule to the plugin of this repository: with its page and its test, registered, and listed where rules are. */
export default defineGenerator({
  name: "plugin-rule",
  summary: "Add a rule to Phasewise's own plugin, with its page and its test",
  questions: { name: newRuleName(), concept: existingConcept(), reports: reportedCode() },
  sample: { name: "no-busy-wait", concept: "tasks", reports: "loops that wait until a variable has changed" },
  examples: [`plugin-rule no-busy-wait --concept tasks --reports "loops that wait until a variable has changed"`],
  workspaceFile: registry,
  plan: async ({ name, concept, reports }, project) => {
    await rejectUnknownConcept(concept, project);
    await rejectTakenName(name, project);
    const file = `${conceptsFolder}/${concept}/${name}`;
    const rule = { name, concept, reports };
    return [
      createFile(`${file}.ts`, "plugin-rules/rule.ts.hbs", rule),
      createFile(`${file}.md`, "plugin-rules/rule.md.hbs", rule),
      createFile(`test/lint-rules/${concept}/${name}.test.ts`, "plugin-rules/rule.test.ts.hbs", rule),
      editFile(
        registry,
        importDefault(camelCase(name), `./rules/${concept}/${name}.js`),
        addProperty("rules", name, camelCase(name)),
      ),
      editFile("src/lint-rules/configs.ts", addProperty("recommended", `phasewise/${name}`, `"warn"`)),
      editFile("src/generators/configuration/rule-names.ts", addProperty("pluginRules", name, "true")),
      editFile("README.md", addTableRow("rule", [`[\`${name}\`](${file}.md)`, reports])),
      editFile("docs/lint-rules.md", addTableRow("rule", [`[\`${name}\`](../${file}.md)`, reports])),
      editFile("src/lint-rules/README.md", addTableRow("rule", [`\`${name}\``, reports])),
    ];
  },
  nextSteps: ({ name, concept }) => [
    `Put what the rule is for into its file, its page and its test: npx vitest run test/lint-rules/${concept}/${name}`,
    `Decide in src/lint-rules/configs.ts how severe it is, and whether it needs no Phasewise`,
    "npm run format && npm run build && UPDATE_PUBLIC_API=1 npx vitest run test/repository",
  ],
});

async function rejectUnknownConcept(concept: string, project: Project): Promise<void> {
  const concepts = (await project.namesIn(conceptsFolder)) ?? [];
  if (concepts.includes(concept)) return;
  const message = `There is no concept ${concept}: ${conceptsFolder}/${concept} does not exist.`;
  const known = `There are: ${[...concepts].sort().join(", ")}.`;
  throw new GeneratorError("INVALID_ANSWER", `${message}${didYouMean(concept, concepts)} ${known}`);
}

async function rejectTakenName(name: string, project: Project): Promise<void> {
  for (const concept of (await project.namesIn(conceptsFolder)) ?? []) {
    const file = `${conceptsFolder}/${concept}/${name}.ts`;
    if (!(await project.has(file))) continue;
    throw new GeneratorError("CONFLICT", `The rule ${name} exists already (${file}). Choose another name.`);
  }
}
