import { expect, it } from "vitest";
import { catalog } from "../../../src/generators/catalog.js";
import { generate } from "../../../src/generators/generate.js";
import { openProject } from "../../../src/generators/project.js";
import { fromRecordedAnswers } from "../../../src/generators/records/answers.js";
import { readRecords } from "../../../src/generators/records/read-records.js";
import type { RecordedAnswers } from "../../../src/generators/records/record.js";
import { runOnWorkspace } from "../../../src/generators/records/run-on-workspace.js";
import { planUndo } from "../../../src/generators/records/undo.js";
import { planUpdate } from "../../../src/generators/records/update.js";
import { recordedWorkspace } from "./recorded-workspace.js";

/** One generation after another in one workspace; each but the kinds that are no part of one. */
const generations: readonly (readonly [kind: string, answers: RecordedAnswers])[] = [
  ["module", { id: "billing" }],
  ["module", { id: "orders", dependsOn: ["billing"] }],
  ["service", { name: "mailer", module: "orders" }],
  ["lazy-service", { name: "archive", module: "orders" }],
  ["method", { name: "pay-invoice", service: "billing", codes: ["NOT_FOUND"], event: "invoice-paid" }],
  ["event", { name: "order-sent", module: "orders" }],
  ["subscriber", { name: "paid-listener", module: "orders", event: "billing.invoice-paid" }],
  ["settings", { module: "billing" }],
  ["job", { name: "cleanup", module: "orders" }],
  ["http-client", { name: "tax", module: "billing", url: "https://tax.example.com/v1" }],
  ["pipeline", { name: "price-import", module: "orders" }],
  ["command", { name: "report", module: "orders" }],
  ["operation", { name: "total", module: "orders" }],
  ["platform", { service: "database", adapter: "postgres" }],
  ["platform", { service: "cache", adapter: "redis", id: "shared.cache" }],
  ["ci", { provider: "github" }],
  ["generator", { name: "page" }],
  ["lint-rule", { name: "no-busy-wait", reports: "loops that wait until a variable has changed" }],
  ["lint-rule", { name: "no-idle-wait", reports: "loops that wait" }],
];

const outside = ["app", "plugin-rule"];

const findGenerator = async (wanted: string) => catalog.find(({ name }) => name === wanted);

it("the list has every kind that works on an application", () => {
  const kinds = catalog.map(({ name }) => name).filter((name) => !outside.includes(name));
  expect([...new Set(generations.map(([kind]) => kind))].sort()).toEqual(kinds.sort());
});

it("every kind is up to date at once, and is undone byte for byte, the last first", async () => {
  await using workspace = await recordedWorkspace({
    "phasewise.config.js": `import { defineConfig } from "phasewise";\n\nexport default defineConfig({});\n`,
  });
  const states = [await workspace.files()];
  for (const [kind, given] of generations) {
    const generator = (await findGenerator(kind))!;
    const answers = fromRecordedAnswers(generator.questions, given, workspace.path);
    await generate(generator, answers, { root: workspace.path, record: true });
    states.push(await workspace.files());
  }

  const project = openProject(workspace.path);
  const all = await readRecords(workspace.path);
  const { plan, failures } = await planUpdate({ project, records: all, chosen: all, findGenerator });
  expect({ writes: plan.writes, failures }).toEqual({ writes: [], failures: [] });

  for (const state of states.toReversed().slice(1)) {
    const records = await readRecords(workspace.path);
    const request = { root: workspace.path, records, record: records.at(-1)!, force: false };
    await runOnWorkspace(workspace.path, { dryRun: false }, () => planUndo(request));
    expect(await workspace.files()).toEqual(state);
  }
});
