import { type ActivationContext, defineModule, type Module, Result, Service } from "@phasewise/runtime";
import { expectSuccess, fakeClock, testApplication, type TestContext } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { currentClock, systemClock } from "../../../src/runtime/tasks/clock.js";
import { findCurrentModule } from "../../../src/runtime/testing/module-zone.js";
import { recordedModule } from "../modules/recorded-module.js";
import type { Counter } from "../registry.js";
import { rejectionOf } from "../rejection-of.js";

/** Doubles what the service of another module counts. */
class DoublingService extends Service {
  #counter!: Counter;

  protected override async onInitialize(context: ActivationContext) {
    this.#counter = context.getService("alpha.counter");
    return Result.success(undefined);
  }

  async double(): Promise<Result<number, "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    return Result.success(this.#counter.count * 2);
  }
}

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "doubling.service": DoublingService;
  }
}

const doubling = defineModule({
  id: "doubling",
  version: "1.0.0",
  dependencies: ["alpha"],
  initialize: async (context) => context.registerService("doubling.service", new DoublingService()),
  setupModule: async (context) => context.getService("doubling.service").initialize(context),
});

describe("testApplication", () => {
  it("boots a module without its dependencies, with fakes for their services", async () => {
    await using app = await testApplication({ modules: [doubling], services: { "alpha.counter": { count: 21 } } });
    expect(expectSuccess(await app.getService("doubling.service").double())).toBe(42);
  });

  it("stands in for dependencies of every depth that are not given", async () => {
    const events: string[] = [];
    const web = recordedModule(events, "web", { dependencies: ["doubling", "core.log"] });
    await using app = await testApplication({ modules: [web, doubling], services: { "alpha.counter": { count: 1 } } });
    expect(app.report.modules.map(({ id }) => id).sort()).toEqual(["alpha", "core.log", "doubling", "web"]);
  });

  it("puts a fake in the place of a service that a given module registers and initializes", async () => {
    await using app = await testApplication({
      modules: [doubling],
      services: { "doubling.service": { double: async () => Result.success(7) } },
    });
    expect(expectSuccess(await app.getService("doubling.service").double())).toBe(7);
  });

  it("uses the initialize of a fake that has one", async () => {
    const failing = testApplication({
      modules: [doubling],
      services: { "doubling.service": { initialize: async () => Result.error("REFUSED", "by the fake") } },
    });
    expect((await rejectionOf(failing)).message).toContain("REFUSED: by the fake");
  });

  it("gives a fake as it was given when nothing is missing", async () => {
    const fake = { count: 1, initialize: async () => Result.success(undefined) };
    await using app = await testApplication({ modules: [doubling], services: { "alpha.counter": fake } });
    expect(app.getService("alpha.counter")).toBe(fake);
  });

  it("stops its modules at the end of the scope, or when told", async () => {
    const events: string[] = [];
    {
      await using _ = await testApplication({ modules: [recordedModule(events, "alpha")] });
    }
    expect(events.at(-1)).toBe("stop alpha");

    const app = await testApplication({ modules: [recordedModule(events, "beta")] });
    await app.stop();
    expect(events.at(-1)).toBe("stop beta");
  });

  it("still detects an undeclared dependency between given modules", async () => {
    const alpha = recordedModule([], "alpha", {
      initialize: async (context) => context.registerService("alpha.counter", { count: 1 }),
    });
    const beta = recordedModule([], "beta", {
      setupModule: async (context) => void context.getService("alpha.counter"),
    });
    expect((await rejectionOf(testApplication({ modules: [alpha, beta] }))).code).toBe("UNDECLARED_DEPENDENCY");
  });

  it("times its hooks by the clock it is given", async () => {
    const clock = fakeClock();
    const hanging = recordedModule([], "alpha", { start: () => new Promise<never>(() => {}) });
    const failing = rejectionOf(testApplication({ modules: [hanging], clock, hookTimeoutMs: 60_000 }));
    await clock.advance(60_000);
    expect((await failing).code).toBe("HOOK_TIMED_OUT");
  });

  it("stops at the end of the test that is named, in vitest and in node:test, unless it was stopped before", async () => {
    const events: string[] = [];
    const ends: (() => Promise<void>)[] = [];
    const boot = (id: string, test: TestContext) => testApplication({ modules: [recordedModule(events, id)], test });
    await boot("alpha", { onTestFinished: (cleanUp) => ends.push(cleanUp) });
    await boot("beta", { after: (cleanUp) => ends.push(cleanUp) });
    const gamma = await boot("gamma", { after: (cleanUp) => ends.push(cleanUp) });
    await gamma.stop();
    for (const end of ends) await end();
    expect(events.filter((event) => event.startsWith("stop"))).toEqual(["stop gamma", "stop alpha", "stop beta"]);
  });

  it("takes the context of a test of vitest", async (context) => {
    const events: string[] = [];
    context.onTestFinished(() => expect(events.at(-1)).toBe("stop alpha"));
    const app = await testApplication({ modules: [recordedModule(events, "alpha")], test: context });
    expect(app.report.status).toBe("running");
  });

  it("does not fail a test with the failure of a stop that the test has seen already", async () => {
    const ends: (() => Promise<void>)[] = [];
    const failing = recordedModule([], "alpha", { stop: () => Promise.reject(new Error("stuck")) });
    const app = await testApplication({ modules: [failing], test: { after: (cleanUp) => ends.push(cleanUp) } });
    expect((await rejectionOf(app.stop())).code).toBe("STOP_FAILED");
    await ends[0]?.();
  });

  it("runs the methods of services by the application's clock, and for their module", async () => {
    class ClockReader extends Service {
      #reads = 0;
      async read(times: number) {
        this.#reads += times;
        return Result.success({ clock: currentClock(), moduleId: findCurrentModule(), reads: this.#reads });
      }
    }
    const clock = fakeClock();
    const service = new ClockReader();
    const initialize: Module["initialize"] = async (context) => context.registerService("beta.service", service);
    await using app = await testApplication({ modules: [recordedModule([], "beta", { initialize })], clock });
    const found = app.getService("beta.service") as ClockReader;
    expect(expectSuccess(await found.read(1))).toEqual({ clock, moduleId: "beta", reads: 1 });
    expect(expectSuccess(await service.read(1))).toMatchObject({ clock: systemClock, moduleId: undefined, reads: 2 });
    expect(app.getService("beta.service")).toBe(found);
    expect(found.read).toBe(found.read);
    expect(found).toBeInstanceOf(ClockReader);
  });

  it("lets the methods of a fake without initialize use its private members", async () => {
    class FakeCounter {
      #count = 3;
      get count() {
        return this.#count;
      }
      async double() {
        return Result.success(this.#count * 2);
      }
    }
    await using app = await testApplication({
      modules: [doubling],
      services: { "doubling.service": Object.freeze(new FakeCounter()), "alpha.counter": new FakeCounter() },
    });
    expect(app.getService("alpha.counter").count).toBe(3);
    expect(expectSuccess(await app.getService("doubling.service").double())).toBe(6);
  });

  it("takes a frozen fake whose methods are its own", async () => {
    const fake = Object.freeze({ double: async () => Result.success(8) });
    await using app = await testApplication({
      modules: [doubling],
      services: { "doubling.service": fake },
      clock: fakeClock(),
    });
    expect(expectSuccess(await app.getService("doubling.service").double())).toBe(8);
  });
});
