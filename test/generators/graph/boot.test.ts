import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createApplication, createLogger, defineModule, sleep } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, test } from "vitest";
import { runProgram } from "../program.js";
import { temporaryFolder } from "../temporary-folder.js";
import { isWithoutBrowser, openPage } from "./browser.js";

/** What the runtime reports of a boot in which billing waits for the database, and mail for nobody. */
async function bootShop(hostileId?: string) {
  const define = (id: string, takesMs: number, dependencies: string[] = []) =>
    defineModule({
      id,
      version: "1.0.0",
      dependencies,
      initialize: async () => {},
      setupModule: async () => sleep(takesMs),
    });
  const clock = fakeClock();
  const modules = [
    define("core.database", 30),
    define("mail", 20),
    define("billing", 12, ["core.database", "mail"]),
    { ...define("web", 5, ["billing"]), start: () => sleep(3) },
  ];
  const app = createApplication({ modules, clock, logger: createLogger({ write: () => {} }) });
  const starting = app.start();
  await clock.advance(100);
  const text = JSON.stringify(await starting);
  await app.stop();
  return hostileId === undefined ? text : text.replaceAll('"mail"', JSON.stringify(hostileId));
}

async function draw(report: string, ...args: string[]) {
  await using folder = await temporaryFolder({ "report.json": report });
  return await runProgram("phasewise", ["graph", "--boot", "report.json", ...args], { cwd: folder.path });
}

test("the text has a bar for each module, the critical path, and who waited for whom", async () => {
  const { exitCode, stdout } = await draw(await bootShop());
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`4 modules, running after 50.0 ms
* critical path: core.database → billing → web (47.0 ms)

                 0                                                    50.0 ms
* core.database  ████████████████████████████████████                          30.0 ms
  mail           ████████████████████████                                      20.0 ms
* billing        r···································██████████████            12.0 ms after 30.0 ms for core.database
* web            r·················································██████ssss  5.0 ms after 42.0 ms for billing

r registration   · waits   █ activation   ▓ installation   s start
`);
});

test("JSON has each module's wait, and whom it held up", async () => {
  const { rows } = JSON.parse((await draw(await bootShop(), "--format", "json")).stdout);
  expect(rows.map(({ id, waited, held, isCritical }: Row) => ({ id, waited, held, isCritical }))).toEqual([
    { id: "core.database", waited: null, held: ["billing"], isCritical: true },
    { id: "mail", waited: null, held: [], isCritical: false },
    { id: "billing", waited: { for: "core.database", beginMs: 0, durationMs: 30 }, held: ["web"], isCritical: true },
    { id: "web", waited: { for: "billing", beginMs: 0, durationMs: 42 }, held: [], isCritical: true },
  ]);
});

interface Row {
  readonly id: string;
  readonly waited: unknown;
  readonly held: readonly string[];
  readonly isCritical: boolean;
}

test("a Chrome trace has a thread a module, a slice a phase, and a flow for each wait", async () => {
  const trace = JSON.parse((await draw(await bootShop(), "--format", "chrome-trace")).stdout);
  const events = trace.traceEvents as Record<string, unknown>[];
  expect(trace).toMatchObject({ displayTimeUnit: "ms", otherData: { criticalPath: "core.database → billing → web" } });
  expect(events.filter(({ name }) => name === "thread_name").map(({ tid, args }) => [tid, args])).toEqual([
    [1, { name: "core.database (critical)" }],
    [2, { name: "mail" }],
    [3, { name: "billing (critical)" }],
    [4, { name: "web (critical)" }],
  ]);
  expect(events).toContainEqual(
    expect.objectContaining({ name: "activation", ph: "X", ts: 30_000, dur: 12_000, pid: 1, tid: 3 }),
  );
  expect(events.filter(({ ph }) => ph === "s").map(({ id, tid }) => [id, tid])).toEqual([
    [3, 1],
    [4, 3],
  ]);
  expect(events.filter(({ ph }) => ph === "f").map(({ id, tid }) => [id, tid])).toEqual([
    [3, 3],
    [4, 4],
  ]);
  const slices = events.filter(({ ph }) => ph === "X");
  expect(slices.every(({ ts, dur }) => Number.isInteger(ts) && Number.isInteger(dur) && Number(dur) >= 0)).toBe(true);
});

test("a boot that failed is drawn with what has failed and what was blocked", async () => {
  const database = defineModule({
    id: "core.database",
    version: "1.0.0",
    setupModule: async () => Promise.reject(new Error("no route")),
  });
  const users = defineModule({ id: "users", version: "1.0.0", dependencies: ["core.database"] });
  const logger = createLogger({ write: () => {} });
  const app = createApplication({ modules: [database, users], onModuleFailure: "isolate", logger });
  const report = JSON.stringify(await app.start());
  await app.stop();
  const { exitCode, stdout } = await draw(report);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/core\.database .* failed\n/);
  expect(stdout).toMatch(/users .* blocked\n/);
});

test.each([
  { what: "no JSON", text: "{ modules", reason: "it is not JSON" },
  { what: "something else", text: "[]", reason: "it is no object" },
  { what: "another report", text: '{"status":"running","durationMs":1}', reason: "criticalPath is no object" },
  {
    what: "a module without phases",
    text: '{"status":"running","durationMs":1,"criticalPath":{"modules":[],"durationMs":0},"modules":[{"id":"a","version":"1.0.0","dependencies":[],"optionalDependencies":[],"services":[],"state":{"status":"started"},"slackMs":0,"savingMs":0}]}',
    reason: "modules[0].phases is no list",
  },
  {
    what: "an impossible time",
    text: '{"status":"running","durationMs":-1}',
    reason: "durationMs is no number of milliseconds",
  },
])("a report that is $what is refused with exit code 2, and no file is written", async ({ text, reason }) => {
  await using folder = await temporaryFolder({ "report.json": text });
  const args = ["graph", "--boot", "report.json", "--format", "html", "--output-file", "boot.html"];
  const { exitCode, stdout, stderr } = await runProgram("phasewise", args, { cwd: folder.path });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(`report.json is no boot report that can be read: ${reason}`);
  expect(Object.keys(await folder.files())).toEqual(["report.json"]);
});

test("a report that is not there, and a form that is none for a boot, are refused with exit code 2", async () => {
  await using folder = await temporaryFolder();
  const run = (...args: string[]) =>
    runProgram("phasewise", ["graph", "--boot", "report.json", ...args], { cwd: folder.path });
  expect(await run()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("ENOENT") });
  expect(await run("--format", "dot")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("chrome-trace") });
  expect(await run("--focus", "mail")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--focus") });
});

describe.skipIf(isWithoutBrowser)("the page of a boot", () => {
  test("shows whom a module waited for, filters, and shows the critical path alone", async () => {
    await using folder = await temporaryFolder({ "report.json": await bootShop("</script><img src=x>") });
    const args = ["graph", "--boot", "report.json", "--format", "html", "--output-file", "boot.html"];
    expect(await runProgram("phasewise", args, { cwd: folder.path })).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(folder.path, "boot.html"), "utf8")).not.toContain("<img");
    await using opened = await openPage(join(folder.path, "boot.html"), "dark");
    const { page, complaints } = opened;
    const details = page.getByRole("complementary");
    expect(await details.textContent()).toContain("Critical path, 47.0 ms");

    await page.locator(".row", { hasText: "web" }).click();
    expect(await details.textContent()).toContain("billing 42.0 mswhich waited for core.database");
    expect(await page.locator(".row.chain").count()).toBe(2);
    await details.getByRole("button", { name: "core.database" }).first().click();
    expect(await details.getByRole("heading", { level: 2 }).textContent()).toBe("core.database");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await details.getByRole("heading", { level: 2 }).textContent()).toBe("</script><img src=x>");

    await page.getByLabel("critical path only").check();
    expect(await page.locator(".row:visible").count()).toBe(3);
    await page.getByRole("searchbox").fill("bill");
    expect(await page.locator(".row:visible").count()).toBe(1);
    await page.keyboard.press("Escape");
    const bar = await page.locator(".row", { hasText: "billing" }).locator(".bar.activation").boundingBox();
    const track = await page.locator(".row", { hasText: "billing" }).locator(".track").boundingBox();
    expect((bar!.x - track!.x) / track!.width).toBeCloseTo(30 / 50, 2);
    expect(bar!.width / track!.width).toBeCloseTo(12 / 50, 2);
    expect(complaints).toEqual([]);
  });
});
