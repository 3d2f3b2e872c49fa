import { setImmediate as nextTurn } from "node:timers/promises";
import { defineModule } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

describe("a boot", () => {
  it("registers all modules, then activates and starts each when its dependencies are active and started", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "web", { dependencies: ["billing"] }),
      recordedModule(events, "billing", { dependencies: ["database"] }),
      recordedModule(events, "database"),
    ]);
    await app.start();
    expect(events.slice(0, 3).sort()).toEqual(["initialize billing", "initialize database", "initialize web"]);
    const later = events.slice(3);
    expect(later.filter((event) => event.startsWith("setupModule"))).toEqual([
      "setupModule database",
      "setupModule billing",
      "setupModule web",
    ]);
    expect(later.filter((event) => event.startsWith("start"))).toEqual([
      "start database",
      "start billing",
      "start web",
    ]);
    expect(later.indexOf("start database")).toBeLessThan(later.indexOf("setupModule web"));
    await app.stop();
  });

  it("runs phase 1 of all modules at the same time", async () => {
    const arrived: string[] = [];
    let releaseAll!: () => void;
    const everybody = new Promise<void>((resolve) => (releaseAll = resolve));
    const meet = (id: string) =>
      recordedModule([], id, {
        initialize: async () => {
          if (arrived.push(id) === 3) releaseAll();
          await everybody;
        },
      });
    const app = applicationOf([meet("a"), meet("b"), meet("c")], { maxConcurrency: 1 });
    await app.start();
    expect(arrived).toEqual(["a", "b", "c"]);
    await app.stop();
  });

  it("activates a module the moment its own dependencies are active, whatever others do", async () => {
    const events: string[] = [];
    let release!: () => void;
    const untilDependentIsActive = new Promise<void>((resolve) => (release = resolve));
    const app = applicationOf([
      recordedModule(events, "slow", { setupModule: () => untilDependentIsActive }),
      recordedModule(events, "quick"),
      recordedModule(events, "dependent", { dependencies: ["quick"], setupModule: async () => release() }),
    ]);
    await app.start();
    expect(app.report.status).toBe("running");
    await app.stop();
  });

  it("keeps to maxConcurrency", async () => {
    let running = 0;
    let most = 0;
    const modules = ["a", "b", "c", "d", "e"].map((id) =>
      recordedModule([], id, {
        setupModule: async () => {
          most = Math.max(most, ++running);
          await nextTurn();
          running--;
        },
      }),
    );
    const app = applicationOf(modules, { maxConcurrency: 2 });
    await app.start();
    expect(most).toBe(2);
    await app.stop();
  });

  it("runs setup hooks after setupModule, in the order of their registration", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "alpha", {
        initialize: async (context) => {
          context.registerSetupHook(async ({ moduleId }) => void events.push(`first ${moduleId}`));
          context.registerSetupHook(async () => void events.push("second"));
        },
      }),
    ]);
    await app.start();
    expect(events).toEqual(["setupModule alpha", "first alpha", "second", "start alpha"]);
    await app.stop();
  });

  it("is one boot, however often it is asked for", async () => {
    const events: string[] = [];
    const app = applicationOf([recordedModule(events, "alpha")]);
    const [first, second] = await Promise.all([app.start(), app.start()]);
    expect(second).toBe(first);
    expect(events).toEqual(["initialize alpha", "setupModule alpha", "start alpha"]);
    await app.stop();
  });

  it("needs no hooks", async () => {
    const app = applicationOf([defineModule({ id: "alpha", version: "1.0.0" })]);
    expect((await app.start()).status).toBe("running");
    await app.stop();
  });

  it("does nothing before start", () => {
    const events: string[] = [];
    const app = applicationOf([recordedModule(events, "alpha")]);
    expect(app.report).toMatchObject({ status: "created", durationMs: 0, modules: [] });
    expect(events).toEqual([]);
  });

  it("tells of each module once it is active, also of those to come", async () => {
    const clock = fakeClock();
    const wait = (ms: number) => () => new Promise<void>((resolve) => void clock.schedule(resolve, ms));
    const app = applicationOf(
      [recordedModule([], "slow", { setupModule: wait(20) }), recordedModule([], "quick", { setupModule: wait(10) })],
      { clock },
    );
    const seen: string[] = [];
    const watch = async () => {
      for await (const module of app.modules()) seen.push(`${module.id} ${module.state.status}`);
    };
    const watching = watch();
    const starting = app.start();
    await clock.advance(10);
    expect(seen).toEqual(["quick starting"]);
    await clock.advance(10);
    await Promise.all([starting, watching]);
    expect(seen).toEqual(["quick starting", "slow starting"]);

    const later: string[] = [];
    for await (const module of app.modules()) later.push(module.id);
    expect(later).toEqual(["quick", "slow"]);
    await app.stop();
  });
});
