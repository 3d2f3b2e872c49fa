import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalog } from "../../src/generators/catalog.js";
import { isRequired } from "../../src/generators/questions/question.js";
import { startS3 } from "../runtime/platform/object-storage/s3-server.js";
import { startVault } from "../runtime/platform/secrets/vault-server.js";
import { runProgram } from "./program.js";
import { runSteps, workspace, type Step } from "./sample-ground.js";
import { temporaryFolder } from "./temporary-folder.js";

const { resolve } = createRequire(import.meta.url);
const tsc = join(dirname(resolve("@typescript/native/package.json")), "bin/tsc");
const vitest = join(dirname(resolve("vitest/package.json")), "vitest.mjs");
const modulesOfRepository = fileURLToPath(new URL("../../node_modules", import.meta.url));
const run = promisify(execFile);

/** The kinds that make an application of their own, or belong to another workspace. */
const elsewhere = ["app", "plugin-rule"];

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
  ["platform", { service: "cache", adapter: "memory", id: undefined }],
  ["platform", { service: "cache", adapter: "redis", id: "shared.cache" }],
  ["platform", { service: "pub-sub", adapter: "in-process", id: undefined }],
  ["platform", { service: "pub-sub", adapter: "nats", id: "core.messages" }],
  ["platform", { service: "pub-sub", adapter: "redis", id: "shared.messages" }],
  ["ci", { provider: "github" }],
  ["ci", { provider: "gitlab" }],
  ["generator", { name: "page" }],
  ["generator", { name: "decision-record" }],
  ["platform", { service: "feature-flags", adapter: "file", id: undefined }],
  ["platform", { service: "feature-flags", adapter: "openfeature", id: "remote.flags" }],
  ["platform", { service: "database", adapter: "pglite", id: "embedded.database" }],
  ["platform", { service: "database", adapter: "postgres", id: "shop.database" }],
  ["platform", { service: "object-storage", adapter: "local", id: undefined }],
  ["platform", { service: "object-storage", adapter: "s3", id: "remote.objects" }],
  ["platform", { service: "secrets", adapter: "environment", id: undefined }],
  ["platform", { service: "secrets", adapter: "vault", id: "vault.secrets" }],
  ["platform", { service: "tracer", adapter: "console", id: undefined }],
  ["platform", { service: "tracer", adapter: "otlp", id: "remote.tracer" }],
  ["lint-rule", { name: "no-busy-wait", reports: "loops that wait until a variable has changed" }],
  ["lint-rule", { name: "require-ready", reports: "what is used before it is ready" }],
  ["platform", { service: "settings", adapter: "files", id: undefined }],
];

describe("all kinds with all combinations of their options, in one workspace,", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder({
      ...workspace,
      "phasewise.config.js": `import { defineConfig } from "phasewise";\n\nexport default defineConfig({ extends: "strict" });\n`,
      "vitest.config.js": `export default { test: { cache: false, pool: "threads", isolate: false, testTimeout: 60_000, hookTimeout: 60_000 } };\n`,
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
      /^(?:modules|generators|lint-rules)\/.*\.test\.[jt]s$/.test(path),
    );
    await using vault = await startVault();
    await using s3 = await startS3();
    const env = { ...process.env, PHASEWISE_VAULT_URL: vault.url, PHASEWISE_S3_URL: s3.url, ...s3.environment };
    const args = [vitest, "run", "--root", folder.path, "--reporter", "json"];
    const { stdout } = await run(process.execPath, args, { env }).catch((failed: { stdout: string }) => failed);
    const report = JSON.parse(stdout) as Report;
    const wrong = report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === "failed"),
    );
    expect(wrong).toEqual([]);
    expect(report.success).toBe(true);
    expect(report.testResults).toHaveLength(files.length);
    // Among them are the suites of all adapters of the platform: those of a server that is missing are left out, and say so.
    const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const left = all.filter(({ status }) => status !== "passed").map(({ fullName }) => fullName);
    expect(left.filter((name) => !/\bno \w+ answers\b.*, or set PHASEWISE_\w+_URL/.test(name))).toEqual([]);
  }, 240_000);
});

/** What is read of vitest's report. */
interface Report {
  readonly success: boolean;
  readonly testResults: readonly { readonly assertionResults: readonly { status: string; fullName: string }[] }[];
}
