import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currentClock, systemClock } from "../../../src/runtime/tasks/clock.js";

describe("fakeClock", () => {
  it("stands still until it is advanced", async () => {
    const clock = fakeClock();
    expect(clock.now()).toBe(0);
    await clock.advance(250);
    expect(clock.now()).toBe(250);
  });

  it("calls what is due, in order of time and then of scheduling, each at its moment", async () => {
    const clock = fakeClock();
    const calls: string[] = [];
    const record = (name: string) => () => void calls.push(`${name} at ${clock.now()}`);
    clock.schedule(record("late"), 30);
    clock.schedule(record("early"), 10);
    clock.schedule(record("also early"), 10);
    clock.schedule(record("too late"), 31);
    await clock.advance(30);
    expect(calls).toEqual(["early at 10", "also early at 10", "late at 30"]);
  });

  it("does not call what was cancelled", async () => {
    const clock = fakeClock();
    let called = false;
    const cancel = clock.schedule(() => (called = true), 10);
    cancel();
    await clock.advance(20);
    expect(called).toBe(false);
  });

  it("lets asynchronous code go on between two calls, so that it can schedule more", async () => {
    const clock = fakeClock();
    const wait = (ms: number) => new Promise<void>((resolve) => void clock.schedule(resolve, ms));
    const moments: number[] = [];
    const work = async () => {
      for (const ms of [10, 20, 30]) {
        await wait(ms);
        moments.push(clock.now());
      }
    };
    const working = work();
    await clock.advance(60);
    await working;
    expect(moments).toEqual([10, 30, 60]);
  });

  it("runs work, and what that begins, by its time", async () => {
    const clock = fakeClock();
    const seen = clock.run(async () => {
      await Promise.resolve();
      return currentClock();
    });
    expect(await seen).toBe(clock);
    expect(currentClock()).toBe(systemClock);
  });

  it("calls back in the async context of the scheduling", async () => {
    const clock = fakeClock();
    const context = new AsyncLocalStorage<string>();
    let seen: string | undefined;
    context.run("scheduled here", () => clock.schedule(() => (seen = context.getStore()), 1));
    await context.run("advanced here", () => clock.advance(1));
    expect(seen).toBe("scheduled here");
  });

  it("counts what is pending, and tells where it was scheduled", async () => {
    const clock = fakeClock();
    const later = clock.schedule(() => {}, 20);
    clock.schedule(() => {}, 10);
    expect(clock.pending).toBe(2);
    expect(clock.listPending()).toMatchObject([{ dueMs: 10, moduleId: undefined }, { dueMs: 20 }]);
    expect(clock.listPending()[0]?.place).toMatch(/fake-clock\.test\.ts:\d+/);
    later();
    await clock.advance(10);
    expect([clock.pending, clock.listPending()]).toEqual([0, []]);
  });

  it("settles long chains of promises and immediates before it goes on", async () => {
    const clock = fakeClock();
    const moments: number[] = [];
    clock.schedule(() => {
      void (async () => {
        for (let link = 0; link < 1_000; link++) await Promise.resolve();
        for (let turn = 0; turn < 20; turn++) await nextTurn();
        moments.push(clock.now());
      })();
    }, 10);
    clock.schedule(() => moments.push(clock.now()), 20);
    await clock.advance(20);
    expect(moments).toEqual([10, 20]);
  });

  it("is not held up for ever by what polls with immediates", async () => {
    const clock = fakeClock();
    let isPolling = true;
    const poll = () => void (isPolling && setImmediate(poll));
    poll();
    await clock.advance(10);
    isPolling = false;
    expect(clock.now()).toBe(10);
  });

  it("never runs backwards, also when two advance it", async () => {
    const clock = fakeClock();
    await Promise.all([clock.advance(100), clock.advance(10)]);
    expect(clock.now()).toBe(100);
  });

  it("keeps the order of a stable sort, whatever is scheduled and cancelled", async () => {
    const timer = fc.record({ delayMs: fc.integer({ min: -1, max: 9 }), isCancelled: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(timer, { maxLength: 40 }), async (timers) => {
        const clock = fakeClock();
        const calls: number[] = [];
        const cancels = timers.map(({ delayMs }, index) => clock.schedule(() => calls.push(index), delayMs));
        timers.forEach(({ isCancelled }, index) => isCancelled && cancels[index]!());
        await clock.advance(9);
        const kept = timers.map(({ delayMs, isCancelled }, index) => ({
          dueMs: Math.max(0, delayMs),
          isCancelled,
          index,
        }));
        const expected = kept.filter(({ isCancelled }) => !isCancelled).sort((one, other) => one.dueMs - other.dueMs);
        expect(calls).toEqual(expected.map(({ index }) => index));
      }),
      { numRuns: 50 },
    );
  });
});
