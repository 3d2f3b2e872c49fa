import { createServer } from "node:net";
import { readFile } from "node:fs/promises";
import { defineModule, Result, type Module, type ModuleDefinition } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { exploreSchedules } from "../../../src/runtime/testing/explore-schedules.js";
import { sleep } from "../../../src/runtime/tasks/sleep.js";
import { formatExploration } from "../../../src/runtime/testing/format-exploration.js";

function moduleOf(id: string, hooks: Partial<ModuleDefinition> = {}): Module {
  return defineModule({ id, version: "1.0.0", ...hooks });
}

/** Fills the state in its `setupModule`, as a module file does with a variable outside of its hooks. */
function fillingModule(state: string[], id = "rates"): Module {
  return moduleOf(id, {
    async setupModule() {
      await Promise.resolve();
      state.push(id);
    },
  });
}

/** Needs that state. */
function readingModule(state: readonly string[], overrides: Partial<ModuleDefinition> = {}): Module {
  return moduleOf("billing", {
    async setupModule() {
      if (state.length === 0) throw new Error("no rates");
    },
    ...overrides,
  });
}

const idle = ["web", "mail", "jobs"].map((id) => moduleOf(id, { async setupModule() {}, async stop() {} }));

describe("exploreSchedules", () => {
  it("finds nothing wrong with modules that declare what they need", async () => {
    const exploration = await exploreSchedules({
      modules: () => {
        const state: string[] = [];
        return [readingModule(state, { dependencies: ["rates"] }), fillingModule(state), ...idle.slice(0, 1)];
      },
    });
    expect(formatExploration(exploration)).toBe("no findings in 17 runs (every order)");
  });

  it("finds an undeclared dependency through the state of another module, and names both and the remedy", async () => {
    const { findings } = await exploreSchedules({
      modules: () => {
        const state: string[] = [];
        return [fillingModule(state), ...idle, readingModule(state)];
      },
    });
    expect(findings).toMatchObject([
      {
        kind: "undeclared-dependency",
        moduleId: "billing",
        message:
          'setupModule of module "billing" fails ("no rates"), in some orders only: it goes well after setupModule of ' +
          'module "rates". Add "rates" to the dependencies of module "billing".',
      },
    ]);
  });

  it("plays the schedule of a finding again", async () => {
    const modules = () => {
      const state: string[] = [];
      return [fillingModule(state), readingModule(state)];
    };
    const { findings } = await exploreSchedules({ modules });
    const again = await exploreSchedules({ modules, schedule: findings[0]!.schedule });
    expect(again).toMatchObject({ runs: 1, findings: [{ kind: "failure", moduleId: "billing" }] });
    const other = await exploreSchedules({ modules, schedule: { order: ["rates", "billing"] } });
    expect(other.findings).toEqual([]);
  });

  it("gives the same for the same seed, and tries orders by chance when there are too many", async () => {
    const played: string[] = [];
    const explore = async (seed: number) => {
      played.length = 0;
      const ids = ["a", "b", "c", "d", "e", "f"];
      const hook = (id: string) => async () => void played.push(id);
      await exploreSchedules({ modules: ids.map((id) => moduleOf(id, { setupModule: hook(id) })), seed, runs: 60 });
      return played.join("");
    };
    const first = await explore(7);
    expect(await explore(7)).toBe(first);
    expect(await explore(8)).not.toBe(first);
  });

  it("reads the other relations too: a stop that needs another module, and a hook that must come first", async () => {
    const stopping = await exploreSchedules({
      modules: () => {
        let isOpen = false;
        const closing = moduleOf("database", {
          setupModule: async () => void (isOpen = true),
          stop: async () => void (isOpen = false),
        });
        const flushing = moduleOf("cache", {
          stop: async () => (isOpen ? Result.success(undefined) : Result.error("CLOSED", "no database")),
        });
        return [flushing, closing];
      },
    });
    expect(stopping.findings.map(({ message }) => message)).toEqual([
      'stop of module "cache" fails ("CLOSED: no database"), in some orders only: it goes well before stop of module ' +
        '"database". Add "database" to the dependencies of module "cache".',
    ]);

    const first = await exploreSchedules({
      modules: () => {
        let isSealed = false;
        const sealing = moduleOf("seal", { setupModule: async () => void (isSealed = true) });
        const writing = moduleOf("writer", {
          async setupModule() {
            if (isSealed) throw new Error("sealed");
          },
        });
        return [sealing, writing];
      },
    });
    expect(first.findings[0]?.message).toContain('Add "writer" to the dependencies of module "seal".');
  });

  it("finds a hook that waits for ever in some orders", async () => {
    const { findings } = await exploreSchedules({
      modules: () => {
        const listeners: (() => void)[] = [];
        const publisher = moduleOf("publisher", {
          setupModule: async () => listeners.forEach((listener) => listener()),
        });
        const waiter = moduleOf("waiter", {
          setupModule: () => new Promise<void>((resolve) => listeners.push(resolve)),
        });
        return [publisher, waiter];
      },
    });
    expect(findings[0]).toMatchObject({ kind: "undeclared-dependency", moduleId: "publisher" });
    expect(findings[0]?.message).toContain('setupModule of module "waiter" does not end, in some orders only');
  });

  it("tells what fails or hangs in every order from what depends on it", async () => {
    const failing = await exploreSchedules({
      modules: [moduleOf("billing", { setupModule: async () => Result.error("NO_DATABASE", "down") }), ...idle],
    });
    expect(failing.findings.map(({ message }) => message)).toEqual([
      'setupModule of module "billing" fails ("NO_DATABASE: down"), in every order.',
    ]);

    const hanging = await exploreSchedules({ modules: [moduleOf("billing", { start: () => new Promise(() => {}) })] });
    expect(hanging.findings[0]).toMatchObject({
      kind: "hang",
      message: 'start of module "billing" does not end, in every order.',
    });
  });

  it("finds what a module does wrong only when another one fails", async () => {
    const { findings } = await exploreSchedules({
      modules: () => {
        let isServing = false;
        const server = moduleOf("server", {
          start: async () => void (isServing = true),
          async stop() {
            if (!isServing) throw new Error("was not serving");
          },
        });
        return [server, moduleOf("jobs", { setupModule: async () => {} })];
      },
    });
    expect(findings.map(({ kind, moduleId }) => [kind, moduleId])).toContainEqual(["failure", "server"]);
    expect(findings.every(({ schedule }) => schedule.fault)).toBe(true);
    expect(findings.map(({ message }) => message).join()).toContain(
      'stop of module "server" fails ("was not serving"), after a fault elsewhere.',
    );
  });

  it("finds what is left behind, with the line, and the module that left it", async () => {
    const timers: NodeJS.Timeout[] = [];
    const { findings } = await exploreSchedules({
      modules: [
        moduleOf("beat", {
          async start() {
            timers.push(setInterval(() => {}, 60_000));
          },
        }),
      ],
      runs: 2,
    });
    timers.forEach(clearInterval);
    expect(findings).toMatchObject([{ kind: "leak", moduleId: "beat" }]);
    expect(findings[0]?.message).toMatch(/Timeout of module "beat", made at .*explore-schedules\.test\.ts:\d+/);
  });

  it("finds a rejection that nobody handles, without failing the test with it", async () => {
    const { findings } = await exploreSchedules({
      modules: [
        moduleOf("mail", {
          async setupModule() {
            void Promise.reject(new Error("not sent"));
          },
        }),
      ],
    });
    expect(findings).toMatchObject([{ kind: "unhandled-rejection" }]);
    expect(findings[0]?.message).toContain('"not sent"');
  });

  it("lets real input and output come to its end", async () => {
    const { findings } = await exploreSchedules({
      modules: () => {
        const server = createServer();
        return [
          moduleOf("files", { setupModule: async () => void (await readFile(import.meta.filename)) }),
          moduleOf("server", {
            start: () => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined))),
            stop: () => new Promise((resolve) => server.close(() => resolve(undefined))),
          }),
        ];
      },
      hookTimeoutMs: 1_000,
      runs: 20,
    });
    expect(findings).toEqual([]);
  });

  it("explores the installation too, which it remembers for one run only", async () => {
    let installations = 0;
    const { runs, findings } = await exploreSchedules({
      modules: [moduleOf("billing", { install: async () => void installations++ })],
    });
    expect([runs, findings]).toEqual([4, []]);
    expect(installations).toBe(2);
  });

  it("finds a stop that leaves others waiting, and gives every module its turn", async () => {
    const { findings } = await exploreSchedules({
      modules: [moduleOf("queue", { stop: () => new Promise(() => {}) }), ...idle],
    });
    expect(findings.map(({ message }) => message)).toEqual(['stop of module "queue" does not end, in every order.']);
  });

  it("finds what fails in no hook: a broken graph, and the disposal of a service", async () => {
    const broken = await exploreSchedules({ modules: [moduleOf("billing"), moduleOf("billing")], runs: 1 });
    expect(broken.findings).toMatchObject([{ kind: "failure", moduleId: undefined }]);
    expect(broken.findings[0]?.message).toContain('It fails in no hook: Several modules have the id "billing"');

    const disposal = await exploreSchedules({
      modules: () => [
        moduleOf("beta", {
          async initialize(context) {
            const service = { count: 1, [Symbol.asyncDispose]: () => Promise.reject(new Error("still in use")) };
            context.registerService("beta.counter", service);
          },
        }),
      ],
    });
    expect(disposal.findings[0]).toMatchObject({ kind: "failure", schedule: { order: ["beta"] } });
    expect(disposal.findings[0]?.message).toContain("still in use");
  });

  it("lets a hook load code, which a fake clock does not see", async () => {
    const load = async () => void (await import("./fixtures/modules/core/rates/read-rates.js"));
    const { findings } = await exploreSchedules({ modules: [moduleOf("loader", { setupModule: load })] });
    expect(findings).toEqual([]);
  });

  it("waits by the fake clock alone where only that is waited for", async () => {
    const waiting = moduleOf("patient", { start: () => sleep(20_000), stop: () => sleep(20_000) });
    const { findings } = await exploreSchedules({ modules: [waiting] });
    expect(findings).toEqual([]);
  });
});
