import { setImmediate as nextTurn } from "node:timers/promises";
import { type ActivationContext, Result, type ModuleDefinition } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedModule } from "./recorded-module.js";

const forever = () => new Promise<never>(() => {});
const hooks = ["initialize", "setupModule", "start"] as const;

describe.each(hooks)("a failing %s", (hook) => {
  const cause = new Error("no route to host");
  const fail = async () => {
    throw cause;
  };

  it("fails the boot with an error that names module, hook and cause", async () => {
    const app = applicationOf([recordedModule([], "alpha", { [hook]: fail })]);
    const error = await rejectionOf(app.start());
    expect(error).toMatchObject({ code: "HOOK_FAILED", cause });
    expect(error.message).toMatch(new RegExp(`^Module "alpha": ${hook} failed after \\d+ ms: no route to host$`));
    expect(app.report.status).toBe("failed");
    expect(app.report.modules[0]!.state).toMatchObject({ status: "failed", error });
  });

  it.each<[string, () => unknown]>([
    ["a Failure", async () => Result.error("UNREACHABLE", "no route")],
    [
      "a throw at once",
      () => {
        throw new Error("UNREACHABLE: no route");
      },
    ],
    ["a rejection with a text", () => Promise.reject("UNREACHABLE: no route")],
  ])("fails by %s too", async (_way, broken) => {
    const app = applicationOf([recordedModule([], "alpha", { [hook]: broken as typeof fail })]);
    expect(await rejectionOf(app.start())).toMatchObject({
      code: "HOOK_FAILED",
      message: expect.stringContaining("UNREACHABLE: no route"),
    });
  });

  it("fails when it takes too long, naming who waits", async () => {
    const clock = fakeClock();
    const app = applicationOf(
      [
        recordedModule([], "alpha", { [hook]: forever }),
        recordedModule([], "beta", { dependencies: ["alpha"] }),
        recordedModule([], "gamma", { dependencies: ["beta"] }),
      ],
      { clock, hookTimeoutMs: 5_000 },
    );
    const failing = rejectionOf(app.start());
    await clock.advance(5_000);
    expect(await failing).toMatchObject({
      code: "HOOK_TIMED_OUT",
      message:
        `Module "alpha": ${hook} was not done after 5000 ms. ` +
        `Waiting for it: ${hook === "initialize" ? "phase 2 of every module" : "beta, gamma"}. ` +
        "Let it end when context.signal aborts, or raise hookTimeoutMs.",
    });
  });

  it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ["the reason of the signal", (signal) => Promise.reject(signal.reason)],
    ["an AbortError", () => Promise.reject(new DOMException("stopped", "AbortError"))],
    ["a Failure", (signal) => Result.attempt("CALL_FAILED", () => signal.throwIfAborted())],
    ["success", async () => undefined],
  ])(
    "interrupts the hooks that still run, waits for them, and takes %s for no failure of theirs",
    async (_way, end) => {
      const events: string[] = [];
      const waitForAbort: ModuleDefinition["setupModule"] = async ({ signal }) => {
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        events.push("interrupted");
        return end(signal) as Promise<undefined>;
      };
      const app = applicationOf([
        recordedModule([], "alpha", { [hook]: waitForAbort }),
        recordedModule([], "beta", { [hook]: fail }),
      ]);
      const error = await rejectionOf(app.start());
      expect(events).toEqual(["interrupted"]);
      expect(error).toMatchObject({ code: "HOOK_FAILED", message: expect.stringContaining('"beta"'), errors: [] });
      expect(app.report.modules.map(({ id, state }) => `${id} ${state.status}`)).toEqual([
        "alpha stopped",
        "beta failed",
      ]);
    },
  );
});

describe("a failed boot", () => {
  it("stops in reverse what was activated, and nothing else", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "database"),
      recordedModule(events, "billing", { dependencies: ["database"] }),
      recordedModule(events, "mail", {
        dependencies: ["billing"],
        setupModule: async () => Result.error("UNREACHABLE", "no route"),
      }),
      recordedModule(events, "web", { dependencies: ["mail"] }),
    ]);
    await rejectionOf(app.start());
    expect(events.filter((event) => /^(?:setupModule|stop)/.test(event))).toEqual([
      "setupModule database",
      "setupModule billing",
      "stop billing",
      "stop database",
    ]);
    expect(app.report.modules.map(({ id, state }) => `${id} ${state.status}`)).toEqual([
      "database stopped",
      "billing stopped",
      "mail failed",
      "web stopped",
    ]);
  });

  it("stops a module whose start failed: it was active", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "web", { start: async () => Result.error("PORT_IN_USE", "8080") }),
    ]);
    await rejectionOf(app.start());
    expect(events).toContain("stop web");
  });

  it("stops a module whose start was interrupted: it was active", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "alpha", {
        start: ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      }),
      recordedModule(events, "beta", { start: async () => Result.error("PORT_IN_USE", "8080") }),
    ]);
    await rejectionOf(app.start());
    expect(events.slice(-2).sort()).toEqual(["stop alpha", "stop beta"]);
  });

  it("reports every module that failed in phase 1, and what failed while stopping", async () => {
    const broken = async () => Result.error("BROKEN", "by design");
    const app = applicationOf([
      recordedModule([], "alpha", { initialize: broken }),
      recordedModule([], "beta", { initialize: broken }),
    ]);
    const error = await rejectionOf(app.start());
    expect(error.code).toBe("HOOK_FAILED");
    expect(error.errors.map(({ message }) => message.slice(0, 14))).toEqual(['Module "alpha"', 'Module "beta":']);

    const badlyStopped = applicationOf([
      recordedModule([], "alpha", { stop: broken }),
      recordedModule([], "beta", { dependencies: ["alpha"], setupModule: broken }),
    ]);
    const both = await rejectionOf(badlyStopped.start());
    expect(both.errors.map(({ message }) => message.replace(/ after.*/, ""))).toEqual([
      'Module "beta": setupModule failed',
      'Module "alpha": stop failed',
    ]);
  });

  it("leaves nothing to stop", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "alpha"),
      recordedModule(events, "beta", { dependencies: ["alpha"], setupModule: () => Promise.reject(new Error("no")) }),
    ]);
    await rejectionOf(app.start());
    await app.stopped;
    const before = [...events];
    await app.stop();
    expect(events).toEqual(before);
    expect(app.report.status).toBe("failed");
  });

  it("ignores a hook that comes back after its timeout", async () => {
    const clock = fakeClock();
    let comeBack!: (error: Error) => void;
    let kept!: ActivationContext;
    const app = applicationOf(
      [
        recordedModule([], "alpha", {
          setupModule: (context) => {
            kept = context;
            return new Promise((_resolve, reject) => (comeBack = reject));
          },
        }),
      ],
      { clock, hookTimeoutMs: 100 },
    );
    const failing = rejectionOf(app.start());
    await clock.advance(100);
    await failing;
    expect(kept.signal.aborted).toBe(true);
    comeBack(new Error("late"));
    await nextTurn();
    expect(app.report.modules[0]!.state).toMatchObject({ status: "failed", error: { code: "HOOK_TIMED_OUT" } });
  });
});
