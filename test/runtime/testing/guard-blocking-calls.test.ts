/* eslint-disable phasewise/no-sync-io -- the calls that the guard is there for */
import { AssertionError } from "node:assert";
import { execSync } from "node:child_process";
import { pbkdf2Sync, randomUUID } from "node:crypto";
import fs, { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { defineModule } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { type BlockingCallGuard, guardBlockingCalls } from "../../../src/runtime/testing/guard-blocking-calls.js";
import { runInModule } from "../../../src/runtime/testing/module-zone.js";
import { testApplication } from "../../../src/runtime/testing/test-application.js";
import { temporaryFolder } from "../temporary-folder.js";
import { readInModuleFolder } from "./fixtures/modules/core/rates/read-rates.js";

const thisFile = import.meta.filename;

function loadRates(): string {
  return readFileSync(thisFile, "utf8");
}

/** What the guard finds while the work runs. */
async function findCalls(work: () => unknown, busyLimitMs = Infinity): Promise<BlockingCallGuard["calls"]> {
  const guard = guardBlockingCalls({ busyLimitMs });
  await work();
  const { calls } = guard;
  if (calls.length > 0) expect(() => guard.stop()).toThrow(AssertionError);
  else guard.stop();
  return calls;
}

/** Holds the event loop until the guard has seen it. */
function compute(guard: BlockingCallGuard): void {
  const giveUpMs = performance.now() + 20_000;
  while (guard.calls.length === 0 && performance.now() < giveUpMs);
}

describe("guardBlockingCalls", () => {
  it("fails with function, line and module of a synchronous call", () => {
    const guard = guardBlockingCalls({ busyLimitMs: Infinity });
    runInModule("billing", loadRates);
    expect(() => guard.stop()).toThrow(
      /^The event loop was blocked:\n- fs\.readFileSync in module "billing", at loadRates \(test\/runtime\/testing\/guard-blocking-calls\.test\.ts:\d+:\d+\)\nAwait/,
    );
  });

  it("makes the call all the same, and reports a place once", async () => {
    const texts: string[] = [];
    const calls = await findCalls(() => {
      runInModule("billing", () => {
        for (const round of [1, 2, 3]) texts.push(`${round} ${loadRates().slice(0, 2)}`);
      });
    });
    expect(texts).toEqual(["1 /*", "2 /*", "3 /*"]);
    expect(calls).toHaveLength(1);
  });

  it.each<[string, () => unknown]>([
    ["fs.existsSync", () => fs.existsSync(thisFile)],
    ["child_process.execSync", () => execSync("exit 0")],
    ["crypto.pbkdf2Sync", () => pbkdf2Sync("a", "b", 1, 8, "sha256")],
    ["zlib.gzipSync", () => gzipSync("text")],
    ["Atomics.wait", () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0)],
  ])("knows %s, by whatever import", async (label, work) => {
    expect((await findCalls(() => runInModule("billing", work))).map(({ call }) => call)).toEqual([label]);
  });

  it("finds a call that comes after an await, and one that a timer or a promise makes directly", async () => {
    const calls = await findCalls(() =>
      runInModule("billing", async () => {
        await readFile(thisFile);
        loadRates();
        // eslint-disable-next-line phasewise/prefer-async-await -- the call of a promise is what is asked about
        await Promise.resolve(thisFile).then(fs.statSync);
        await new Promise<void>((resolve) => {
          setTimeout(fs.accessSync, 0, thisFile);
          setTimeout(resolve, 1);
        });
      }),
    );
    expect(calls.map(({ call, moduleId }) => [call, moduleId])).toEqual([
      ["fs.readFileSync", "billing"],
      ["fs.statSync", "billing"],
      ["fs.accessSync", "billing"],
    ]);
  });

  it("takes the module from the folder of the code where the runtime does not know it", async () => {
    const [call, ...others] = await findCalls(() => readInModuleFolder());
    expect(call).toMatchObject({ call: "fs.readFileSync", moduleId: "core.rates" });
    expect(call?.place).toContain("fixtures/modules/core/rates/read-rates.ts:5");
    expect(others).toEqual([]);
  });

  it("does not count calls of the test, asynchronous ones, and the loading of code", async () => {
    const require = createRequire(import.meta.url);
    expect(await findCalls(() => loadRates())).toEqual([]);
    expect(
      await findCalls(() =>
        runInModule("billing", async () => {
          await readFile(thisFile);
          require("fast-check");
          await import("./fixtures/modules/core/rates/module.js");
          console.log("a line");
          expect({ rates: 1 }).toEqual({ rates: 1 });
        }),
      ),
    ).toEqual([]);
  });

  it("leaves Node as it was, also when guards overlap", () => {
    const original = fs.readFileSync;
    const first = guardBlockingCalls({ busyLimitMs: Infinity });
    const second = guardBlockingCalls({ busyLimitMs: Infinity });
    expect(readFileSync).not.toBe(original);
    second.stop();
    first.stop();
    first.stop();
    expect([fs.readFileSync, readFileSync]).toEqual([original, original]);
  });

  it("goes quiet when it ends before another one that began later", () => {
    const first = guardBlockingCalls({ busyLimitMs: Infinity });
    const second = guardBlockingCalls({ busyLimitMs: Infinity });
    first.stop();
    runInModule("billing", loadRates);
    expect([first.calls.length, second.calls.length]).toEqual([0, 1]);
    expect(() => second.stop()).toThrow(AssertionError);
  });

  it("does not count the calls that Node makes for a call that counts already", async () => {
    await using folder = await temporaryFolder({});
    const copy = () => fs.cpSync(thisFile, join(folder.path, "copy"), { recursive: true });
    expect((await findCalls(() => runInModule("billing", copy))).map(({ call }) => call)).toEqual(["fs.cpSync"]);
  });

  it("names what holds the event loop for too long, while it does", () => {
    const guard = guardBlockingCalls({ busyLimitMs: 50 });
    runInModule("billing", () => compute(guard));
    expect(() => guard.stop()).toThrow(
      /a busy stretch of more than 50 ms in module "billing", at compute \(test\/runtime\/testing\/guard-blocking-calls\.test\.ts:\d+:/,
    );
  });

  it("does not take waiting for being busy, nor count what the test itself computes", async () => {
    const guard = guardBlockingCalls({ busyLimitMs: 50 });
    await runInModule("billing", () => delay(150));
    const endMs = performance.now() + 150;
    while (performance.now() < endMs);
    expect(guard.calls).toEqual([]);
    guard.stop();
  });

  it("raises no false alarm in the test of an application that serves, reads and waits", async () => {
    const server = createServer((_request, response) => {
      void readFile(thisFile, "utf8").then((text) => {
        console.log("served", text.length);
        response.end(JSON.stringify({ id: randomUUID(), size: text.length }));
      });
    });
    const web = defineModule({
      id: "web",
      version: "1.0.0",
      start: async () => new Promise<void>((resolve) => server.listen(0, () => resolve())),
      stop: async () => new Promise<void>((resolve) => server.close(() => resolve())),
    });
    await using _app = await testApplication({ modules: [web] });
    using guard = guardBlockingCalls({ busyLimitMs: 500 });
    const { port } = server.address() as AddressInfo;
    for (let request = 0; request < 5; request++) {
      const response = await fetch(`http://localhost:${port}/`, { headers: { connection: "close" } });
      expect(await response.json()).toMatchObject({ size: expect.any(Number) as number });
    }
    expect(guard.calls).toEqual([]);
  });

  it("finds the blocking call of a request that an application serves", async () => {
    const server = createServer((_request, response) => response.end(loadRates()));
    const web = defineModule({
      id: "web",
      version: "1.0.0",
      start: async () => new Promise<void>((resolve) => server.listen(0, () => resolve())),
      stop: async () => new Promise<void>((resolve) => server.close(() => resolve())),
    });
    await using _app = await testApplication({ modules: [web] });
    const { port } = server.address() as AddressInfo;
    const calls = await findCalls(async () => {
      await (await fetch(`http://localhost:${port}/`, { headers: { connection: "close" } })).text();
    });
    expect(calls).toMatchObject([{ call: "fs.readFileSync", moduleId: "web" }]);
  });
});
