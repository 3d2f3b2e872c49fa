import { setImmediate as nextTurn } from "node:timers/promises";
import { type ActivationContext, Result } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";
import { recordedLog } from "./recorded-log.js";
import { recordedModule } from "./recorded-module.js";

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

describe("context.background", () => {
  it("runs until its module stops, and is cancelled and awaited between the stop hook and the disposal", async () => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule(events, "alpha", {
        initialize: async (context) =>
          context.registerService("alpha.counter", {
            count: 0,
            [Symbol.asyncDispose]: async () => void events.push("dispose alpha.counter"),
          } as { count: number }),
        setupModule: async (context) =>
          context.background("poll", async (signal) => {
            events.push("task begins");
            await untilAborted(signal);
            await nextTurn();
            events.push("task ends");
          }),
      }),
      recordedModule(events, "base"),
    ]);
    await app.start();
    expect(app.report.modules[0]!.tasks).toEqual(["poll"]);
    await app.stop();
    expect(events.filter((event) => !event.endsWith(" base"))).toEqual([
      "task begins",
      "start alpha",
      "stop alpha",
      "task ends",
      "dispose alpha.counter",
    ]);
    expect(app.report.modules[0]!.tasks).toEqual([]);
  });

  it("is no part of the report once it has ended", async () => {
    const app = applicationOf([
      recordedModule([], "alpha", { start: async (context) => context.background("once", async () => {}) }),
    ]);
    await app.start();
    await nextTurn();
    expect(app.report.modules[0]!.tasks).toEqual([]);
    await app.stop();
  });

  it.each(["setupModule", "start"] as const)("is cancelled when %s fails", async (hook) => {
    const events: string[] = [];
    const app = applicationOf([
      recordedModule([], "alpha", {
        [hook]: async (context: ActivationContext) => {
          context.background("poll", (signal) => untilAborted(signal).then(() => events.push("task ends")));
          throw new Error("by design");
        },
      }),
    ]);
    expect((await rejectionOf(app.start())).message).toMatch(`"alpha": ${hook} failed`);
    expect(events).toEqual(["task ends"]);
  });

  it("logs what fails, by its name, and not an answer to the cancellation", async () => {
    const { logger, lines } = recordedLog();
    const app = applicationOf(
      [
        recordedModule([], "alpha", {
          setupModule: async (context) => {
            context.background("rejects", () => Promise.reject(new Error("no route")));
            context.background("throws", () => {
              throw new Error("no promise");
            });
            context.background("fails", async () => Result.error("UNREACHABLE", "no route"));
            context.background("succeeds", async () => Result.success(1));
            context.background("is cancelled", (signal) => untilAborted(signal).then(() => signal.throwIfAborted()));
          },
        }),
      ],
      { logger },
    );
    await app.start();
    await app.stop();
    const errors = lines.filter(({ level }) => level === "error");
    expect(errors.map(({ message, module, task }) => [message, module, task])).toEqual([
      ["a background task failed", "alpha", "throws"],
      ["a background task failed", "alpha", "rejects"],
      ["a background task failed", "alpha", "fails"],
    ]);
    expect(JSON.stringify(errors[2])).toContain("UNREACHABLE");
  });

  it("that ignores the cancellation is given up after the timeout, and told", async () => {
    const clock = fakeClock();
    const events: string[] = [];
    const app = applicationOf(
      [
        recordedModule(events, "base"),
        recordedModule(events, "alpha", {
          dependencies: ["base"],
          setupModule: async (context) => context.background("deaf", () => new Promise(() => {})),
        }),
      ],
      { clock, hookTimeoutMs: 100 },
    );
    await app.start();
    const failing = rejectionOf(app.stop());
    await clock.advance(100);
    expect((await failing).errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        '^Module "alpha": disposal was not done after 100 ms. It awaits the background task "deaf"',
      ),
    ]);
    expect(events.at(-1)).toBe("stop base");
  });

  it("belongs to one life of its module", async () => {
    const signals: AbortSignal[] = [];
    const contexts: ActivationContext[] = [];
    const app = applicationOf([
      recordedModule([], "alpha", {
        setupModule: async (context) => {
          contexts.push(context);
          context.background("poll", (signal) => (signals.push(signal), untilAborted(signal)));
        },
      }),
    ]);
    await app.start();
    await app.restartModule("alpha");
    await nextTurn();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    const begin = (context: ActivationContext) => () => context.background("late", async () => {});
    expect(begin(contexts[0]!)).toThrow(expect.objectContaining({ code: "WRONG_PHASE" }));
    expect(begin(contexts[1]!)).not.toThrow();
    await app.stop();
    expect(begin(contexts[1]!)).toThrow(
      expect.objectContaining({
        code: "WRONG_PHASE",
        message: expect.stringContaining('"alpha" called background("late") while it was stopped'),
      }),
    );
  });

  it("runs by the clock of the application", async () => {
    const clock = fakeClock();
    const { sleep } = await import("@phasewise/runtime");
    let ticks = 0;
    const poll = async (signal: AbortSignal) => {
      for (;;) {
        await sleep(1_000, { signal });
        ticks++;
      }
    };
    const app = applicationOf(
      [recordedModule([], "alpha", { start: async (context) => context.background("poll", poll) })],
      { clock },
    );
    await app.start();
    await clock.advance(3_500);
    expect(ticks).toBe(3);
    await app.stop();
    expect(clock.pending).toBe(0);
  });
});
