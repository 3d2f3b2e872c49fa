import { Result, TaskError } from "@phasewise/runtime";
import { type CallOptions, PlatformCalls } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { runWithClock } from "../../../src/runtime/tasks/clock.js";

const callsOf = (timeoutMs = 1_000) =>
  new PlatformCalls({
    service: "store",
    timeoutMs,
    codeOf: (error) => (error instanceof RangeError ? "OUT_OF_RANGE" : "UNAVAILABLE"),
  });
const never = () => new Promise<never>(() => {});

describe("PlatformCalls", () => {
  it("gives what the work gives: a Success, and a Failure with a code of its own", async () => {
    const calls = callsOf();
    expect(expectSuccess(await calls.run("read", {}, async () => Result.success(1)))).toBe(1);
    const failed = await calls.run("read", undefined, async () => Result.error("NOT_FOUND", "there is none"));
    expect(expectFailure(failed, "NOT_FOUND").message).toBe("there is none");
  });

  it("gives what a client library throws the code that it is told, with the error as the cause", async () => {
    const error = new RangeError("too far");
    const failed = await callsOf().run("read", {}, async () => Promise.reject(error));
    expect(expectFailure(failed, "OUT_OF_RANGE")).toMatchObject({ message: "store.read: too far", cause: error });
    expectFailure(await callsOf().run("read", {}, async () => Promise.reject(new Error("gone"))), "UNAVAILABLE");
  });

  it.each([
    ["its own time limit", { timeoutMs: 20 }, 20],
    ["that of the service", {}, 1_000],
  ])("ends a call after %s, and tells its work so", async (_, options: CallOptions, timeoutMs) => {
    const clock = fakeClock();
    const signals: AbortSignal[] = [];
    const outcome = runWithClock(clock, () =>
      callsOf().run("read", options, async ({ signal }) => {
        signals.push(signal);
        return never();
      }),
    );
    await clock.advance(timeoutMs - 1);
    expect(signals[0]?.aborted).toBe(false);
    await clock.advance(1);
    expectFailure(await outcome, "TIMED_OUT");
    expect(signals[0]?.aborted).toBe(true);
  });

  it("ends a call whose signal aborts, also one whose signal has aborted before", async () => {
    const controller = new AbortController();
    const outcome = callsOf().run("read", { signal: controller.signal }, never);
    controller.abort(new Error("enough"));
    expect(expectFailure(await outcome, "ABORTED").cause).toEqual(new Error("enough"));
    expectFailure(await callsOf().run("read", { signal: controller.signal }, never), "ABORTED");
  });

  it("ends a call together with the one that it is a part of, at once when that has ended before", async () => {
    const calls = callsOf();
    const controller = new AbortController();
    const parts: Promise<Result<unknown>>[] = [];
    const outcome = calls.run("read-all", { signal: controller.signal }, async (scope) => {
      parts.push(calls.run("read", { within: scope }, never));
      scope.onEnd(() => parts.push(calls.run("read", { within: scope }, never)));
      return never();
    });
    controller.abort(new Error("enough"));
    expectFailure(await outcome, "ABORTED");
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(expectFailure(await part, "ABORTED").cause).toEqual(new Error("enough"));
  });

  it("tells its work of the end without a signal", async () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    const outcome = callsOf().run("read", { signal: controller.signal }, async (scope) => {
      scope.throwIfAborted();
      const stop = scope.onEnd(() => told.push("stopped"));
      scope.onEnd((reason) => told.push(reason, scope.hasEnded));
      stop();
      return never();
    });
    controller.abort("enough");
    expectFailure(await outcome, "ABORTED");
    expect(told).toEqual(["enough", true]);
  });

  it("does not take an abort within the work for one of the caller", async () => {
    const failed = await callsOf().run("read", {}, () => Promise.reject(new DOMException("stopped", "AbortError")));
    expectFailure(failed, "UNAVAILABLE");
  });

  it("passes misuse on", async () => {
    const misuse = callsOf().run("read", { timeoutMs: -1 }, never);
    await expect(misuse).rejects.toThrow(TaskError);
  });

  it("tells how long a service took to give a sign of life", async () => {
    const clock = fakeClock();
    const health = runWithClock(clock, () =>
      callsOf().health({}, async () => {
        await clock.advance(7);
        return { connections: 2 };
      }),
    );
    expect(expectSuccess(await health)).toEqual({ latencyMs: 7, details: { connections: 2 } });
  });

  it("has no other codes for a sign of life than all services have", async () => {
    const ping = () => Promise.reject(new RangeError("too far"));
    expectFailure(await callsOf().health({}, ping), "UNAVAILABLE");
    expectFailure(await callsOf().health({ signal: AbortSignal.abort() }, ping), "ABORTED");
  });

  it("waits for the calls that run, whatever becomes of them, before it is drained", async () => {
    const calls = callsOf();
    const endings: string[] = [];
    let fail = (_: Error) => {};
    const work = new Promise<never>((_, reject) => (fail = reject));
    const outcome = calls.run("read", {}, () => work).then(() => endings.push("call"));
    const drained = calls.drain().then(() => endings.push("drained"));
    fail(new Error("gone"));
    await Promise.all([outcome, drained]);
    expect(endings).toEqual(["call", "drained"]);
  });
});
