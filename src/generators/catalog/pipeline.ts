import { createFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { existingModule } from "../questions/module-id.js";
import { newPartName } from "../questions/part-name.js";

/** Adds stages in a row to a module: a stream of items runs through them. */
export default defineGenerator({
  name: "pipeline",
  summary: "Add a pipeline to a module, for streams of items",
  questions: { name: newPartName("pipeline", "price-import"), module: existingModule() },
  sample: { name: "price-import", module: "billing" },
  examples: ["pipeline price-import --module billing"],
  plan: async ({ name, module }, project) => {
    await project.moduleFile(module);
    const file = `${project.moduleFolder(module)}/${name}-pipeline`;
    return [
      createFile(`${file}.ts`, "pipelines/pipeline.ts.hbs", { name }),
      createFile(`${file}.test.ts`, "pipelines/pipeline.test.ts.hbs", { name, module }),
    ];
  },
  nextSteps: ({ name }) => [
    `Put your stages into its ${name}-pipeline.ts, and run its test: npx vitest run modules`,
    "Run it in a service: the Result of process(source) can be returned as it is",
  ],
});
