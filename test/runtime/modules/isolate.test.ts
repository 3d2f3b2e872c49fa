import {
  type Application,
  type BootOptions,
  defineModule,
  type Module,
  type ModuleDefinition,
  type RegistrationContext,
  Result,
} from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedLog } from "./recorded-log.js";
import { recordedModule } from "./recorded-module.js";

const fail = async () => Result.error("UNREACHABLE", "no route");

function isolated(modules: readonly Module[], options: BootOptions = {}): Application {
  return applicationOf(modules, { onModuleFailure: "isolate", ...options });
}

/** base ← broken ← middle ← end, and other beside them. */
function modulesWith(events: string[], broken: Partial<ModuleDefinition>): Module[] {
  return [
    recordedModule(events, "base"),
    recordedModule(events, "broken", { dependencies: ["base"], ...broken }),
    recordedModule(events, "middle", { dependencies: ["broken"] }),
    recordedModule(events, "end", { dependencies: ["middle", "other"] }),
    recordedModule(events, "other"),
  ];
}

function states(app: Application): string[] {
  return app.report.modules.map(({ id, state }) => `${id} ${state.status}`).sort();
}

const expectedStates = ["base started", "broken failed", "end blocked", "middle blocked", "other started"];

describe.each(["initialize", "setupModule", "start"] as const)("with isolate, a failing %s", (hook) => {
  it("lets the application run without the module and without those that depend on it", async () => {
    const app = isolated(modulesWith([], { [hook]: fail }));
    const report = await app.start();
    expect(report.status).toBe("running");
    expect(states(app)).toEqual(expectedStates);
    await app.stop();
    expect(states(app)).toEqual(expectedStates.map((state) => state.replace("started", "stopped")));
  });

  it("tells of every blocked module which one is to blame, and why", async () => {
    const app = isolated(modulesWith([], { [hook]: fail }));
    await app.start();
    const stateOf = (id: string) => app.report.modules.find((module) => module.id === id)!.state;
    const reason = expect.stringMatching(new RegExp(`^Module "broken": ${hook} failed .*UNREACHABLE: no route$`));
    expect(stateOf("broken")).toMatchObject({ error: { code: "HOOK_FAILED", message: reason } });
    expect(stateOf("middle")).toEqual({ status: "blocked", by: "broken", reason });
    expect(stateOf("end")).toEqual({ status: "blocked", by: "broken", reason });
    await app.stop();
  });

  it("logs it once", async () => {
    const { logger, lines } = recordedLog();
    const app = isolated(modulesWith([], { [hook]: fail }), { logger });
    await app.start();
    expect(lines.filter(({ level }) => level === "error")).toEqual([
      expect.objectContaining({ message: "the module failed", module: "broken" }),
    ]);
    await app.stop();
  });

  it("releases the module and the blocked ones by the time the application runs, and stops those that were active", async () => {
    const events: string[] = [];
    const register = (id: "alpha.counter" | "alpha.other") => {
      const disposal = async () => void events.push(`dispose ${id}`);
      return async (context: RegistrationContext) => {
        context.registerService(id, { count: 0, [Symbol.asyncDispose]: disposal } as { count: number });
        if (hook === "initialize" && context.moduleId === "broken") throw new Error("by design");
      };
    };
    const app = isolated([
      recordedModule(events, "broken", {
        initialize: register("alpha.counter"),
        ...(hook === "initialize" ? {} : { [hook]: fail }),
      }),
      recordedModule(events, "dependent", { dependencies: ["broken"], initialize: register("alpha.other") }),
    ]);
    await app.start();
    const stopped = hook === "start" ? ["stop dependent", "stop broken"] : [];
    expect(events.filter((event) => event.startsWith("stop"))).toEqual(stopped);
    expect(events.filter((event) => event.startsWith("dispose"))).toEqual([
      "dispose alpha.other",
      "dispose alpha.counter",
    ]);
    expect(() => app.getService("alpha.counter")).toThrow(expect.objectContaining({ code: "UNKNOWN_SERVICE" }));
    const before = [...events];
    await app.stop();
    expect(events).toEqual(before);
  });

  it("leaves a module that can be started again when it is mended", async () => {
    let isBroken = true;
    const app = isolated(modulesWith([], { [hook]: async () => (isBroken ? fail() : undefined) }));
    await app.start();
    expect((await rejectionOf(app.startModule("end"))).message).toContain(`"broken": ${hook} failed`);
    isBroken = false;
    await app.startModule("end");
    expect(states(app)).toEqual(["base", "broken", "end", "middle", "other"].map((id) => `${id} started`));
    await app.stop();
  });
});

describe("with isolate", () => {
  it("a start that fails while a dependent is being activated blocks that one, and begins no other", async () => {
    const clock = fakeClock();
    const wait = (ms: number) => () => new Promise<void>((resolve) => void clock.schedule(resolve, ms));
    const events: string[] = [];
    const app = isolated(
      [
        recordedModule(events, "broken", { start: fail }),
        recordedModule(events, "middle", { dependencies: ["broken"], setupModule: wait(10) }),
        recordedModule(events, "end", { dependencies: ["middle"] }),
        defineModule({ id: "bare", version: "1.0.0", dependencies: ["middle"] }),
      ],
      { clock },
    );
    const starting = app.start();
    const active: string[] = [];
    const watching = (async () => {
      for await (const { id } of app.modules()) active.push(id);
    })();
    await clock.advance(10);
    await Promise.all([starting, watching]);
    expect(states(app)).toEqual(["bare blocked", "broken failed", "end blocked", "middle blocked"]);
    expect(active).toEqual(["broken", "middle"]);
    expect(events).not.toContain("setupModule end");
    expect(events.slice(-2)).toEqual(["stop middle", "stop broken"]);
    await app.stop();
  });

  it("one that waits for a blocked or failed module is told so at once", async () => {
    const codes: string[] = [];
    const waitFor = (id: string, others: Partial<ModuleDefinition> = {}) =>
      recordedModule([], `waits-for-${id}`, {
        ...others,
        setupModule: async (context) => void codes.push((await rejectionOf(context.waitForModule(id))).message),
      });
    const app = isolated([
      recordedModule([], "early", { initialize: fail }),
      recordedModule([], "late", { setupModule: fail }),
      recordedModule([], "blocked", { dependencies: ["late"] }),
      ...["early", "late", "blocked"].map((id) => waitFor(id)),
    ]);
    await app.start();
    expect(codes.sort()).toEqual([
      'Module "waits-for-blocked" waits for "blocked", which is blocked. Find out why in app.report.',
      'Module "waits-for-early" waits for "early", which is failed. Find out why in app.report.',
      'Module "waits-for-late" waits for "late", which is failed. Find out why in app.report.',
    ]);
    await app.stop();
  });

  it("every failure is told, and each blocked module names one of them", async () => {
    const app = isolated([
      recordedModule([], "one", { initialize: fail }),
      recordedModule([], "two", { setupModule: fail }),
      recordedModule([], "both", { dependencies: ["two", "one"] }),
    ]);
    await app.start();
    expect(states(app)).toEqual(["both blocked", "one failed", "two failed"]);
    expect(["one", "two"]).toContain((app.report.modules.at(-1)!.state as { by: string }).by);
    await app.stop();
  });

  it("a failed module that does not stop properly is logged, and stays failed", async () => {
    const { logger, lines } = recordedLog();
    const app = isolated(
      [recordedModule([], "broken", { start: fail, stop: () => Promise.reject(new Error("busy")) })],
      {
        logger,
      },
    );
    await app.start();
    expect(lines.map(({ message }) => message)).toContain("a failed module was not stopped properly");
    expect(app.report.modules[0]!.state).toMatchObject({ status: "failed", phase: "start" });
    await app.stop();
  });
});
