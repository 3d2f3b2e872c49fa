import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { importName } from "../edits/import-name.js";
import { runInBackground } from "../edits/run-in-background.js";
import { camelCase } from "../names.js";
import { optionalDuration } from "../questions/duration.js";
import { existingModule } from "../questions/module-id.js";
import { newPartName } from "../questions/part-name.js";

/** Adds work to a module that runs in the background from its start until it stops, once or again and again. */
export default defineGenerator({
  name: "job",
  summary: "Add a background task to a module, run once or at intervals",
  questions: {
    name: newPartName("job", "refresh-rates"),
    module: existingModule(),
    everyMs: optionalDuration("Milliseconds between two runs; without it, the job runs once"),
  },
  sample: { name: "refresh-rates", module: "billing", everyMs: "60000" },
  examples: ["job refresh-rates --module billing --every-ms 60000", "job warm-cache --module billing"],
  plan: async ({ name, module, everyMs }, project) => {
    const moduleFile = await project.moduleFile(module);
    const file = `${project.moduleFolder(module)}/${name}-job`;
    const template = everyMs === undefined ? "jobs/job" : "jobs/periodic-job";
    const job = { name, module, everyMs: everyMs ?? "" };
    const work = camelCase(name);
    return [
      createFile(`${file}.ts`, `${template}.ts.hbs`, job),
      createFile(`${file}.test.ts`, `${template}.test.ts.hbs`, job),
      editFile(moduleFile, importName(work, `./${name}-job.js`), runInBackground(name, work)),
    ];
  },
  nextSteps: ({ name }) => [`Put the work into its ${name}-job.ts, and run its test: npx vitest run modules`],
});
