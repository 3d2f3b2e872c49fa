import { createFile, editFile } from "../changes/change.js";
import { getConfigurationFile } from "../configuration-file.js";
import { defineGenerator } from "../define-generator.js";
import { nameGenerator } from "../edits/name-generator.js";
import { newPartName } from "../questions/part-name.js";

/** Adds a generator of the workspace's own, with its template and its test, and names it in the configuration. */
export default defineGenerator({
  name: "generator",
  summary: "Add a generator of your own to the workspace",
  questions: { name: newPartName("generator", "page") },
  sample: { name: "page" },
  examples: ["generator page"],
  plan: async ({ name }, project) => {
    const configuration = await getConfigurationFile(project, "generators");
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
