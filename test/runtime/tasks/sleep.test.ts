import { sleep } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { listenersOf } from "./listeners-of.js";

describe("sleep", () => {
  it("fulfils when the time has passed, and not before", async () => {
    const clock = fakeClock();
    let isAwake = false;
    const sleeping = sleep(100, { clock }).then(() => (isAwake = true));
    await clock.advance(99);
    expect(isAwake).toBe(false);
    await clock.advance(1);
    expect(isAwake).toBe(true);
    await sleeping;
  });

  it("goes by the clock of the work around it", async () => {
    const clock = fakeClock();
    const sleeping = clock.run(() => sleep(1_000));
    expect(clock.pending).toBe(1);
    await clock.advance(1_000);
    await expect(sleeping).resolves.toBeUndefined();
  });

  it("rejects with the reason as soon as its signal aborts, and leaves no timer", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const sleeping = sleep(100, { clock, signal: controller.signal });
    controller.abort("enough");
    await expect(sleeping).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("does not begin when its signal has aborted before", async () => {
    const clock = fakeClock();
    await expect(sleep(100, { clock, signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("is not touched by an abort that comes later", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    const sleeping = sleep(100, { clock, signal: controller.signal });
    expect(listeners.size).toBe(1);
    await clock.advance(100);
    expect(listeners.size).toBe(0);
    controller.abort("too late");
    await expect(sleeping).resolves.toBeUndefined();
  });

  it.each([-1, Number.NaN, Infinity, 2 ** 31])("refuses a duration of %s", async (durationMs) => {
    await expect(sleep(durationMs)).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: `sleep: durationMs must be a number of milliseconds from 0 to 2147483647, not ${durationMs}.`,
    });
  });

  it.each([0, 0.5, 2 ** 31 - 1])("takes a duration of %s", async (durationMs) => {
    const clock = fakeClock();
    const sleeping = sleep(durationMs, { clock });
    await clock.advance(durationMs);
    await expect(sleeping).resolves.toBeUndefined();
  });
});
