import { type Application, type Module } from "@phasewise/runtime";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

/** A module whose activation takes this long. */
function timedModule(clock: FakeClock, id: string, activationMs: number, dependencies: string[] = []): Module {
  const wait = () => new Promise<void>((resolve) => void clock.schedule(resolve, activationMs));
  return recordedModule([], id, { dependencies, setupModule: wait });
}

/** The critical path is database → billing: 30 + 12 ms. */
function timedApplication(clock: FakeClock): Application {
  const database = recordedModule([], "core.database", {
    initialize: async (context) => context.registerService("alpha.counter", { count: 0 }),
    setupModule: () => new Promise<void>((resolve) => void clock.schedule(resolve, 30)),
  });
  return applicationOf(
    [
      timedModule(clock, "web", 1, ["mail"]),
      timedModule(clock, "billing", 12, ["core.database", "mail"]),
      timedModule(clock, "mail", 20),
      database,
    ],
    { clock },
  );
}

describe("the boot report", () => {
  it("holds states, phases, timings, services and the critical path", async () => {
    const clock = fakeClock();
    const app = timedApplication(clock);
    const starting = app.start();
    await clock.advance(100);
    const report = await starting;

    expect(report).toMatchObject({
      status: "running",
      durationMs: 42,
      criticalPath: { modules: ["core.database", "billing"], durationMs: 42 },
    });
    expect(report.modules.map(({ id }) => id)).toEqual(["mail", "core.database", "web", "billing"]);
    expect(report.modules.find(({ id }) => id === "billing")).toEqual({
      id: "billing",
      version: "1.0.0",
      dependencies: ["core.database", "mail"],
      optionalDependencies: [],
      services: [],
      tasks: [],
      state: { status: "started" },
      phases: [
        { phase: "registration", beginMs: 0, durationMs: 0 },
        { phase: "activation", beginMs: 30, durationMs: 12 },
        { phase: "start", beginMs: 42, durationMs: 0 },
      ],
      slackMs: 0,
      savingMs: 12,
    });
    expect(report.modules.find(({ id }) => id === "mail")).toMatchObject({ slackMs: 10, savingMs: 0 });
    await app.stop();
  });

  it("is live while the application boots", async () => {
    const clock = fakeClock();
    const app = timedApplication(clock);
    const starting = app.start();
    await clock.advance(25);
    expect(app.report).toMatchObject({ status: "starting", durationMs: 25 });
    expect(app.report.modules.map(({ id, state }) => `${id} ${state.status}`)).toEqual([
      "mail started",
      "core.database activating",
      "web started",
      "billing registered",
    ]);
    await clock.advance(100);
    await starting;
    await app.stop();
  });
});
