import { readFile } from "node:fs/promises";
import { catalog } from "../../src/generators/catalog.js";
import { generate } from "../../src/generators/generate.js";
import type { GivenAnswers } from "../../src/generators/questions/question.js";
import { pluginFiles } from "./plugin-files.js";
import { emptyWorkspace, type Files } from "./temporary-folder.js";

/** One run of a generator: its name and its answers. */
export type Step = readonly [kind: string, answers: GivenAnswers];

const tsconfig = await readFile(new URL("../../templates/app/tsconfig.json", import.meta.url), "utf8");

/** A workspace whose modules can be type-checked. */
export const workspace: Files = { ...emptyWorkspace, "tsconfig.json": tsconfig };

const configuration = `import { defineConfig } from "phasewise";

export default defineConfig({
  extends: "strict",
});
`;

const database: Step = ["module", { id: "core.database", dependsOn: [] }];
const billing: Step = ["module", { id: "billing", dependsOn: [] }];
const mail: Step = ["module", { id: "mail", dependsOn: [] }];
const invoicePaid: Step = ["event", { name: "invoice-paid", module: "billing" }];
const event = "billing.invoice-paid";

/** What the sample of a generator needs: a workspace, and what was generated in it before. */
export const sampleGround: Readonly<Record<string, { files: Files; steps: readonly Step[] }>> = {
  app: { files: {}, steps: [] },
  module: { files: workspace, steps: [database] },
  service: { files: workspace, steps: [billing] },
  "plugin-rule": { files: pluginFiles, steps: [] },
  event: { files: workspace, steps: [billing] },
  // Nobody handles what is published, and nobody publishes what is handled, are findings of the gate.
  method: {
    files: workspace,
    steps: [billing, mail, invoicePaid, ["subscriber", { name: "send-receipt", module: "mail", event }]],
  },
  subscriber: {
    files: workspace,
    steps: [billing, mail, ["method", { name: "pay-invoice", service: "billing", codes: [], event: "invoice-paid" }]],
  },
  settings: { files: workspace, steps: [billing] },
  "lazy-service": { files: workspace, steps: [billing] },
  job: { files: workspace, steps: [billing] },
  "http-client": { files: workspace, steps: [billing] },
  pipeline: { files: workspace, steps: [billing] },
  command: { files: workspace, steps: [billing] },
  operation: { files: workspace, steps: [billing] },
  platform: { files: workspace, steps: [billing] },
  ci: { files: workspace, steps: [billing] },
  generator: { files: { ...workspace, "phasewise.config.js": configuration }, steps: [billing] },
  "lint-rule": {
    files: {
      ...workspace,
      "tsconfig.json": tsconfig
        .replace(`"generators"]`, `"lint-rules"]`)
        .replace(`"strict"`, `"allowJs": true,\n    "checkJs": true,\n    "strict"`),
      "phasewise.config.js": configuration,
    },
    steps: [billing],
  },
};

/** Runs generators one after another. */
export async function runSteps(root: string, steps: readonly Step[]): Promise<void> {
  for (const [kind, answers] of steps) {
    const generator = catalog.find(({ name }) => name === kind);
    if (generator === undefined) throw new Error(`There is no generator ${kind}`);
    await generate(generator, answers, { root });
  }
}
