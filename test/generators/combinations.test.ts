import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalog } from "../../src/generators/catalog.js";
import { isRequired } from "../../src/generators/questions/question.js";
import { runProgram } from "./program.js";
import { runSteps, workspace, type Step } from "./sample-ground.js";
import { temporaryFolder } from "./temporary-folder.js";

const { resolve } = createRequire(import.meta.url);
const tsc = join(dirname(resolve("@typescript/native/package.json")), "bin/tsc");
const vitest = join(dirname(resolve("vitest/package.json")), "vitest.mjs");
const modulesOfRepository = fileURLToPath(new URL("../../node_modules", import.meta.url));
const run = promisify(execFile);

/** The kinds that make an application of their own, or belong to another workspace. */
const elsewhere = ["app", "lint-rule"];

const module = (id: string, dependsOn: readonly string[] = []): Step => ["module", { id, dependsOn }];
const inBilling = { module: "billing" };
const inDatabase = { module: "core.database" };
const subscriber = (name: string, on: string, event: string): Step => ["subscriber", { name, module: on, event }];
const method = (name: string, service: string, codes: readonly string[] = [], event?: string): Step => [
  "method",
  { name, service, codes, event },
];

/** Each kind with each of its options given and not given, in modules with simple and with dotted ids. */
const steps: readonly Step[] = [
  module("core.database"),
  module("billing", ["core.database"]),
  module("mail"),
  ["service", { name: "mail-sender", ...inBilling }],
  ["service", { name: "query-log", ...inDatabase }],
  ["lazy-service", { name: "pdf-renderer", ...inBilling }],
  ["lazy-service", { name: "schema", ...inDatabase }],
  ["http-client", { name: "rates", ...inBilling, url: "https://rates.example.com/v1" }],
  ["http-client", { name: "mirror", ...inDatabase, url: "http://localhost:8080" }],
  ["settings", inBilling],
  ["settings", inDatabase],
  ["event", { name: "invoice-sent", ...inBilling }],
  method("rename", "core.database"),
  method("pay", "billing", ["NOT_FOUND"]),
  method("send", "billing", [], "invoice-sent"),
  method("cancel", "billing", ["NOT_FOUND", "PAID_ALREADY"], "invoice-cancelled"),
  method("draw", "billing.pdf-renderer", ["TOO_LARGE"], "pdf-drawn"),
  method("print", "billing.pdf-renderer"),
  method("forward", "billing.mail-sender", ["REFUSED"]),
  method("refresh", "billing.rates", [], "rates-refreshed"),
  method("log-query", "core.database.query-log", [], "query-logged"),
  subscriber("thank", "mail", "billing.invoice-sent"),
  subscriber("regret", "mail", "billing.invoice-cancelled"),
  subscriber("archive", "billing", "billing.pdf-drawn"),
  subscriber("convert", "mail", "billing.rates-refreshed"),
  subscriber("watch", "billing", "core.database.query-logged"),
  ["job", { name: "warm-cache", ...inBilling, everyMs: undefined }],
  ["job", { name: "refresh-rates", ...inBilling, everyMs: "60000" }],
  ["job", { name: "vacuum", ...inDatabase, everyMs: "1" }],
  ["pipeline", { name: "price-import", ...inBilling }],
  ["pipeline", { name: "row-copy", ...inDatabase }],
  ["operation", { name: "choose-rates", ...inBilling }],
  ["command", { name: "import-rates", ...inBilling, operation: "choose-rates" }],
  ["command", { name: "export-rates", ...inBilling, operation: undefined }],
  ["command", { name: "copy-rows", ...inDatabase, operation: undefined }],
  ["ci", { provider: "github" }],
  ["ci", { provider: "gitlab" }],
  ["generator", { name: "page" }],
  ["generator", { name: "decision-record" }],
];

describe("all kinds with all combinations of their options, in one workspace,", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder({
      ...workspace,
      "tsconfig.json": (workspace["tsconfig.json"] ?? "").replace(`"modules"]`, `"modules", "generators"]`),
      "phasewise.config.js": `export default { extends: "strict" };\n`,
      "vitest.config.js": `export default { test: { cache: false, pool: "threads", isolate: false } };\n`,
    });
    await symlink(modulesOfRepository, join(folder.path, "node_modules"));
    await runSteps(folder.path, steps);
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  it("are rendered: each option is given in one step and left out in another", () => {
    for (const { name, questions } of catalog.filter((generator) => !elsewhere.includes(generator.name))) {
      const answers = steps.filter(([kind]) => kind === name).map(([, given]) => given);
      const options = Object.keys(questions).filter((key) => !isRequired(questions[key]!));
      const masks = answers.map((given) => options.map((key) => String(given[key] ?? "") !== "").join());
      expect({ name, combinations: new Set(masks).size }).toEqual({ name, combinations: 2 ** options.length });
    }
  });

  it("type-check", async () => {
    await run(process.execPath, [tsc, "-p", folder.path, "--noEmit"]);
  });

  it("have no finding under strict", async () => {
    const { exitCode, stdout } = await runProgram("phasewise", ["check", "--format", "json"], { cwd: folder.path });
    const { findings, summary } = JSON.parse(stdout) as { findings: unknown[]; summary: { files: number } };
    expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
    expect(summary.files).toBeGreaterThan(70);
  });

  it("pass the tests that were generated with them", async () => {
    const files = Object.keys(await folder.files()).filter((path) =>
      /^(?:modules|generators)\/.*\.test\.ts$/.test(path),
    );
    const { stdout } = await run(process.execPath, [vitest, "run", "--root", folder.path, "--reporter", "json"]);
    const report = JSON.parse(stdout) as { testResults: unknown[] };
    expect(report).toMatchObject({ success: true, numPendingTests: 0, numFailedTests: 0 });
    expect(report.testResults).toHaveLength(files.length);
  });
});
