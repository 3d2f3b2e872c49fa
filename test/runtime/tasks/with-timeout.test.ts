import { sleep, TaskError, withTimeout } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { withTimeLimit } from "../../../src/runtime/tasks/with-timeout.js";

const never = () => new Promise<never>(() => {});

describe("withTimeout", () => {
  it("gives what the work gives, and leaves no timer", async () => {
    const clock = fakeClock();
    const working = withTimeout((signal) => sleep(99, { clock, signal }).then(() => "done"), { timeoutMs: 100, clock });
    await clock.advance(99);
    await expect(working).resolves.toBe("done");
    expect(clock.pending).toBe(0);
  });

  it("rejects when the time has passed, and aborts the signal of the work with the same error", async () => {
    const clock = fakeClock();
    let seen: AbortSignal | undefined;
    const working = withTimeout((signal) => ((seen = signal), never()), { timeoutMs: 100, clock });
    const outcome = working.catch((error: unknown) => error);
    await clock.advance(99);
    expect(seen?.aborted).toBe(false);
    await clock.advance(1);
    const error = await outcome;
    expect(error).toBeInstanceOf(TaskError);
    expect(error).toMatchObject({
      code: "TIMED_OUT",
      message: "The work was not done after 100 ms. Let it end sooner, or raise timeoutMs.",
    });
    expect(seen?.reason).toBe(error);
  });

  it("rejects with the error that onTimeout makes", async () => {
    const clock = fakeClock();
    const onTimeout = (elapsedMs: number) => new Error(`gave up after ${elapsedMs} ms`);
    const working = withTimeout(never, { timeoutMs: 100, clock, onTimeout });
    await Promise.all([expect(working).rejects.toThrow("gave up after 100 ms"), clock.advance(100)]);
  });

  it("handles the late rejection of work that it abandoned", async () => {
    const clock = fakeClock();
    const late = () => sleep(200, { clock }).then(() => Promise.reject(new Error("late")));
    const working = withTimeout(late, { timeoutMs: 100, clock });
    await Promise.all([expect(working).rejects.toMatchObject({ code: "TIMED_OUT" }), clock.advance(300)]);
    expect(clock.pending).toBe(0);
  });

  it("rejects with what the work throws or rejects with", async () => {
    const clock = fakeClock();
    const throwing = () => {
      throw new Error("thrown");
    };
    await expect(withTimeout(throwing, { timeoutMs: 100, clock })).rejects.toThrow("thrown");
    await expect(withTimeout(() => Promise.reject("rejected"), { timeoutMs: 100, clock })).rejects.toBe("rejected");
    expect(clock.pending).toBe(0);
  });

  it("rejects at once when it is aborted from outside, and aborts the work with that reason", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    const working = withTimeout((signal) => ((seen = signal), never()), {
      timeoutMs: 100,
      clock,
      signal: controller.signal,
    });
    controller.abort("enough");
    await expect(working).rejects.toBe("enough");
    expect(seen?.reason).toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("does not begin the work when it was aborted before", async () => {
    let hasBegun = false;
    const work = async () => void (hasBegun = true);
    const clock = fakeClock();
    const working = withTimeout(work, { timeoutMs: 100, clock, signal: AbortSignal.abort("enough") });
    await expect(working).rejects.toBe("enough");
    expect(hasBegun).toBe(false);
  });

  it("leaves the signal of work that is done alone, because what it gave may still need it", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const signal = await withTimeout(async (own) => own, { timeoutMs: 100, clock, signal: controller.signal });
    controller.abort();
    await clock.advance(100);
    expect(signal.aborted).toBe(false);
  });

  it("refuses a promise, and a timeout that is no duration", async () => {
    await expect(withTimeout(Promise.resolve() as never, { timeoutMs: 100 })).rejects.toMatchObject({
      code: "NOT_A_FUNCTION",
      message: "withTimeout takes a function that begins the work, not a promise: write withTimeout(() => …).",
    });
    await expect(withTimeout(never, { timeoutMs: Number.NaN })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });
});

describe("withTimeLimit", () => {
  it("gives the work a scope that ends when the time has passed", async () => {
    const clock = fakeClock();
    let hasEnded: (() => boolean) | undefined;
    const working = withTimeLimit((scope) => ((hasEnded = () => scope.hasEnded), never()), { timeoutMs: 100, clock });
    await Promise.all([expect(working).rejects.toMatchObject({ code: "TIMED_OUT" }), clock.advance(100)]);
    expect(hasEnded?.()).toBe(true);
  });
});
