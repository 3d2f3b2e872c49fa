import { CircuitBreaker, combine, Timeout } from "@phasewise/runtime/resilience";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { openWork, succeed } from "./works.js";

describe("Timeout", () => {
  it("answers TIMED_OUT when the time has passed, aborts the signal of the work, and leaves no timer", async () => {
    const clock = fakeClock();
    const { work, contexts, ends } = openWork();
    const calling = new Timeout({ timeoutMs: 500, clock }).execute(work);
    const { signal } = contexts[0]!;
    await clock.advance(499);
    expect([signal.aborted, clock.pending]).toEqual([false, 1]);
    await clock.advance(1);
    const error = expectFailure(await calling, "TIMED_OUT");
    expect(error.message).toBe("The work was not done after 500 ms. Let it end sooner, or raise timeoutMs.");
    expect([signal.reason, clock.pending]).toEqual([error.cause, 0]);
    ends[0]?.reject(new Error("late, and nobody's"));
  });

  it("aborts also a signal that is asked for afterwards", async () => {
    const clock = fakeClock();
    const { work, contexts } = openWork();
    const calling = new Timeout({ timeoutMs: 500, clock }).execute(work);
    await clock.advance(500);
    await calling;
    expect(contexts[0]?.signal.aborted).toBe(true);
  });

  it("lets an answer in time pass, and leaves no timer", async () => {
    const clock = fakeClock();
    expect(await new Timeout({ timeoutMs: 500, clock }).execute(succeed)).toEqual(await succeed());
    expect(clock.pending).toBe(0);
  });

  it("does not mistake a timeout of the work for its own", async () => {
    const error = Object.assign(new Error("mine"), { code: "TIMED_OUT" });
    await expect(new Timeout({ timeoutMs: 500 }).execute(() => Promise.reject(error))).rejects.toBe(error);
    await expect(new Timeout({ timeoutMs: 500 }).execute(() => Promise.reject())).rejects.toBe(undefined);
  });

  it("takes time from the clock of the call", async () => {
    const clock = fakeClock();
    const { work } = openWork();
    const timeout = new Timeout({ timeoutMs: 60_000 });
    const calling = clock.run(() => timeout.execute(work));
    await clock.advance(60_000);
    expectFailure(await calling, "TIMED_OUT");
  });

  it("answers for the policy within it, whose own time is longer", async () => {
    const clock = fakeClock();
    const { work, contexts } = openWork();
    const policy = combine(new Timeout({ timeoutMs: 50, clock }), new Timeout({ timeoutMs: 500, clock }));
    const calling = policy.execute(work);
    await clock.advance(50);
    expect(expectFailure(await calling, "TIMED_OUT").message).toContain("after 50 ms");
    expect([contexts[0]?.signal.aborted, clock.pending]).toEqual([true, 0]);
  });

  it("is a failure for a breaker around it, and none for a breaker within it", async () => {
    const clock = fakeClock();
    const breakers = [0, 1].map(() => new CircuitBreaker({ failureThreshold: 1, clock }));
    const timeout = new Timeout({ timeoutMs: 50, clock });
    const calls = [
      combine(breakers[0]!, timeout).execute(openWork().work),
      combine(timeout, breakers[1]!).execute(openWork().work),
    ];
    await clock.advance(50);
    for (const answer of await Promise.all(calls)) expectFailure(answer, "TIMED_OUT");
    expect(breakers.map(({ state }) => state.status)).toEqual(["open", "closed"]);
  });

  it.each([-1, Number.NaN, Infinity])("refuses %d milliseconds", (timeoutMs) => {
    expect(() => new Timeout({ timeoutMs })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    expect(() => new Timeout({ timeoutMs: 0 })).not.toThrow();
  });
});
