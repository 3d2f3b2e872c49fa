import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../src/runtime/tasks/clock.js";
import { setDeadline } from "../../../src/runtime/tasks/deadlines.js";
import { fakeClock } from "../../../src/runtime/testing/fake-clock.js";

describe("deadlines by the clock of the machine", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const called: string[] = [];
  const set = (name: string, durationMs: number) => setDeadline(systemClock, () => called.push(name), durationMs);
  const pass = async (durationMs: number) => {
    await vi.advanceTimersByTimeAsync(durationMs);
    return called.splice(0);
  };

  it("are called when they are due, those that were cancelled not", async () => {
    set("a", 100);
    await pass(40);
    const cancel = set("b", 100);
    set("c", 100);
    set("d", 10);
    expect(await pass(10)).toEqual(["d"]);
    cancel();
    expect(await pass(49)).toEqual([]);
    expect(await pass(1)).toEqual(["a"]);
    expect(await pass(39)).toEqual([]);
    expect(await pass(1)).toEqual(["c"]);
    expect(await pass(1_000)).toEqual([]);
  });

  it("of the same duration share a timer, which goes on without them for that long at most", async () => {
    const cancels = ["a", "b", "c"].map((name) => set(name, 100));
    expect(vi.getTimerCount()).toBe(1);
    for (const cancel of cancels) cancel();
    await pass(60);
    set("d", 100);
    expect(vi.getTimerCount()).toBe(1);
    expect(await pass(99)).toEqual([]);
    expect(await pass(1)).toEqual(["d"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("may be cancelled twice, and after they were called", async () => {
    const cancel = set("a", 100);
    set("b", 100);
    cancel();
    cancel();
    expect(await pass(100)).toEqual(["b"]);
    cancel();
    set("c", 100);
    cancel();
    expect(await pass(100)).toEqual(["c"]);
  });

  it("are called though another one throws", async () => {
    const thrown: unknown[] = [];
    vi.stubGlobal("queueMicrotask", (callback: () => void) => {
      try {
        callback();
      } catch (error) {
        thrown.push(error);
      }
    });
    setDeadline(systemClock, () => expect.fail("the first one"), 100);
    set("b", 100);
    expect(await pass(100)).toEqual(["b"]);
    expect(thrown).toMatchObject([{ message: "the first one" }]);
    vi.unstubAllGlobals();
  });

  it("have no context, neither their own nor that of another one", async () => {
    const context = new AsyncLocalStorage<string>();
    const found: (string | undefined)[] = [];
    context.run("first", () => setDeadline(systemClock, () => found.push(context.getStore()), 100));
    context.run("second", () => setDeadline(systemClock, () => found.push(context.getStore()), 100));
    await pass(100);
    expect(found).toEqual([undefined, undefined]);
  });
});

it("deadlines that were set by timers of a test do not keep those after it from being called", async () => {
  vi.useFakeTimers();
  setDeadline(systemClock, () => {}, 7);
  vi.useRealTimers();
  await new Promise<void>((resolve) => void setDeadline(systemClock, resolve, 7));
});

it("deadlines by another clock are its own", async () => {
  const clock = fakeClock();
  let count = 0;
  setDeadline(clock, () => count++, 100);
  await clock.advance(99);
  expect(count).toBe(0);
  await clock.advance(1);
  expect(count).toBe(1);
});
