import { setImmediate as nextTurn } from "node:timers/promises";
import { type BootOptions, defineModule, type Module, type ModuleDefinition } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";

/** How many of the hooks run at the same time, by limit, the most that it ever were, and which hooks have begun. */
class Occupancy {
  readonly begun: string[] = [];
  readonly #running = new Map<string, number>();
  readonly most: Record<string, number> = {};

  begin(limits: readonly string[]): void {
    for (const limit of limits) {
      const running = (this.#running.get(limit) ?? 0) + 1;
      this.#running.set(limit, running);
      this.most[limit] = Math.max(this.most[limit] ?? 0, running);
    }
  }

  end(limits: readonly string[]): void {
    for (const limit of limits) this.#running.set(limit, this.#running.get(limit)! - 1);
  }
}

interface LimitedModule {
  readonly id: string;
  readonly limits: readonly string[];
  readonly dependencies?: readonly string[];
  /** How many turns of the event loop its hooks take. */
  readonly turns?: number;
  readonly isBroken?: boolean;
}

function limitedModule(occupancy: Occupancy, { id, limits, dependencies = [], turns = 1, isBroken }: LimitedModule) {
  const hook = (name: string) => async () => {
    occupancy.begun.push(`${name} ${id}`);
    occupancy.begin(["all", ...new Set(limits)]);
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    occupancy.end(["all", ...new Set(limits)]);
    if (isBroken && name === "start") throw new Error("by design");
  };
  const hooks: Partial<ModuleDefinition> = {
    setupModule: hook("setupModule"),
    start: hook("start"),
    stop: hook("stop"),
  };
  return defineModule({ id, version: "1.0.0", limits, dependencies, ...hooks });
}

async function occupancyOf(modules: readonly LimitedModule[], options: BootOptions): Promise<Occupancy["most"]> {
  const occupancy = new Occupancy();
  const app = applicationOf(
    modules.map((module) => limitedModule(occupancy, module)),
    options,
  );
  await app.start();
  await app.stop();
  expect(app.report.modules.filter(({ state }) => state.status !== "stopped")).toEqual([]);
  return occupancy.most;
}

const ids = ["a", "b", "c", "d", "e", "f"];

describe("a named limit", () => {
  it("caps the modules that name it, and no others", async () => {
    const modules = ids.map((id, index) => ({ id, limits: index < 4 ? ["database"] : [] }));
    expect(await occupancyOf(modules, { limits: { database: 2 } })).toEqual({ all: 4, database: 2 });
  });

  it("holds beside maxConcurrency and other limits", async () => {
    const modules = ids.map((id, index) => ({ id, limits: index < 4 ? ["database", "disk"] : ["disk"] }));
    const options = { maxConcurrency: 4, limits: { database: 1, disk: 3 } };
    expect(await occupancyOf(modules, options)).toEqual({ all: 3, database: 1, disk: 3 });
  });

  it("counts a module once that names it twice", async () => {
    const modules = ids.map((id) => ({ id, limits: ["database", "database"] }));
    expect(await occupancyOf(modules, { limits: { database: 1 } })).toEqual({ all: 1, database: 1 });
  });

  it("gives the place of one that waits for another limit to the next", async () => {
    const clock = fakeClock();
    const ends: string[] = [];
    const stopsFor = (durationMs: number, id: string, limits: string[]): Module =>
      defineModule({
        id,
        version: "1.0.0",
        limits,
        stop: async () =>
          new Promise<void>((resolve) => {
            clock.schedule(() => {
              ends.push(`${id} ${clock.now()}`);
              resolve();
            }, durationMs);
          }),
      });
    const app = applicationOf(
      [
        stopsFor(10, "short", []),
        stopsFor(50, "long", ["database"]),
        stopsFor(10, "next", ["database"]),
        stopsFor(10, "free", []),
      ],
      { clock, maxConcurrency: 2, limits: { database: 1 } },
    );
    await app.start();
    const stopping = app.stop();
    await clock.advance(100);
    await stopping;
    expect(ends).toEqual(["short 10", "free 20", "long 50", "next 60"]);
  });

  it("keeps nothing of a boot that was given up", async () => {
    const modules = ids.map((id, index) => ({ id, limits: ["database"], turns: index, isBroken: id === "a" }));
    const occupancy = new Occupancy();
    const app = applicationOf(
      modules.map((module) => limitedModule(occupancy, module)),
      { limits: { database: 2 }, maxConcurrency: 3 },
    );
    await rejectionOf(app.start());
    expect(occupancy.begun).toEqual(["setupModule a", "setupModule b", "start a", "stop a", "stop b"]);
    expect(occupancy.most).toEqual({ all: 2, database: 2 });
  });

  it.each([0, -1, 1.5, Number.NaN, "2"])("is refused when it is %s", (database) => {
    expect(() => applicationOf([], { limits: { database: database as number } })).toThrow(
      "limits.database must be a whole number from 1 upwards",
    );
    expect(() => applicationOf([], { limits: { database: 1 } })).not.toThrow();
  });

  it("that the application does not have is no limit that a module can name", async () => {
    const app = applicationOf([limitedModule(new Occupancy(), { id: "a", limits: ["toString"] })], { limits: {} });
    expect((await rejectionOf(app.start())).code).toBe("UNKNOWN_LIMIT");
  });
});

const limitNames = ["database", "disk", "mail"];

interface Case {
  readonly modules: readonly LimitedModule[];
  readonly limits: Readonly<Record<string, number>>;
  readonly maxConcurrency: number;
}

const cases: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 10 }).chain((size) =>
  fc.record({
    modules: fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.record({
          id: fc.constant(`m${index}`),
          limits: fc.shuffledSubarray(limitNames),
          dependencies: fc.subarray(Array.from({ length: index }, (_, before) => `m${before}`)),
          turns: fc.nat({ max: 3 }),
        }),
      ),
    ),
    limits: fc.record({
      database: fc.integer({ min: 1, max: 3 }),
      disk: fc.integer({ min: 1, max: 3 }),
      mail: fc.constant(Infinity),
    }),
    maxConcurrency: fc.integer({ min: 1, max: 5 }),
  }),
);

describe("with any limits", () => {
  it("every module boots and stops, and no limit is exceeded", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ modules, limits, maxConcurrency }) => {
        const most = await occupancyOf(modules, { limits, maxConcurrency });
        for (const [name, limit] of Object.entries({ ...limits, all: maxConcurrency })) {
          expect(most[name] ?? 0).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it("every module that was activated is stopped after a failure, and no limit is exceeded", async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(), async ({ modules, limits, maxConcurrency }, choice) => {
        const occupancy = new Occupancy();
        const broken = modules[choice % modules.length]!.id;
        const app = applicationOf(
          modules.map((module) => limitedModule(occupancy, { ...module, isBroken: module.id === broken })),
          { limits, maxConcurrency },
        );
        await rejectionOf(app.start());
        for (const { id, state } of app.report.modules) {
          expect(`${id} ${state.status}`).toBe(`${id} ${id === broken ? "failed" : "stopped"}`);
        }
        const { begun } = occupancy;
        const idsOf = (hook: string) => begun.filter((call) => call.startsWith(hook)).map((call) => call.split(" ")[1]);
        expect(idsOf("stop").sort()).toEqual(idsOf("setupModule").sort());
        expect(begun.slice(begun.findIndex((call) => call.startsWith("stop")))).toHaveLength(idsOf("stop").length);
        for (const [name, limit] of Object.entries({ ...limits, all: maxConcurrency })) {
          expect(occupancy.most[name] ?? 0).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
