import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { nameGenerator } from "../edits/name-generator.js";
import { GeneratorError } from "../errors.js";
import type { Project } from "../project.js";
import { newPartName } from "../questions/part-name.js";

/** Adds a generator of the workspace's own, with its template and its test, and names it in the configuration. */
export default defineGenerator({
  name: "generator",
  summary: "Add a generator of your own to the workspace",
  questions: { name: newPartName("generator", "page") },
  sample: { name: "page" },
  examples: ["generator page"],
  plan: async ({ name }, project) => {
    const configuration = await getConfiguration(project);
    const file = `generators/${name}`;
    return [
      createFile(`${file}.ts`, "generators/generator.ts.hbs", { name }),
      createFile(`${file}.test.ts`, "generators/generator.test.ts.hbs", { name }),
      createFile(`generators/templates/${name}.md.hbs`, "generators/page.md"),
      editFile(configuration, nameGenerator(`./${file}.ts`)),
    ];
  },
  nextSteps: ({ name }) => [
    `Put what it makes into generators/${name}.ts and its template, and run its test: npx vitest run generators`,
    `Use it: npx phasewise create ${name} --help`,
  ],
});

async function getConfiguration(project: Project): Promise<string> {
  const names = (await project.namesIn(".")) ?? [];
  const found = names.find((name) => /^phasewise\.config\.(?:js|mjs|ts)$/.test(name));
  if (found !== undefined) return found;
  const remedy = "Make phasewise.config.js, with: export default { generators: [] };";
  throw new GeneratorError(
    "CONFLICT",
    `There is no phasewise.config.js, .mjs or .ts to name the generator in. ${remedy}`,
  );
}
