import { AsyncLocalStorage } from "node:async_hooks";
import { RateLimiter, type RateLimiterOptions } from "@phasewise/runtime/tasks";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { listenersOf } from "./listeners-of.js";

let clock: FakeClock;
let moments: number[];

beforeEach(() => {
  clock = fakeClock();
  moments = [];
});

const limiterOf = (options: RateLimiterOptions) => new RateLimiter({ clock, ...options });

const acquireMany = (limiter: RateLimiter, number: number) => {
  for (let index = 0; index < number; index++) void limiter.acquire().then(() => moments.push(clock.now()));
};

describe("limiter.acquire", () => {
  it("lets so many begin at once, and the next ones when those have left the window", async () => {
    acquireMany(limiterOf({ limit: 3, intervalMs: 100 }), 7);
    await clock.advance(1_000);
    expect(moments).toEqual([0, 0, 0, 100, 100, 100, 200]);
    expect(clock.pending).toBe(0);
  });

  it("counts in a window that slides: what begins late in one counts in the next", async () => {
    const limiter = limiterOf({ limit: 2, intervalMs: 100 });
    acquireMany(limiter, 1);
    await clock.advance(90);
    acquireMany(limiter, 3);
    await clock.advance(1_000);
    expect(moments).toEqual([0, 90, 100, 190]);
  });

  it("spaces them when the burst is smaller than the limit, and keeps the limit", async () => {
    acquireMany(limiterOf({ limit: 4, intervalMs: 100, burst: 1 }), 6);
    await clock.advance(1_000);
    expect(moments).toEqual([0, 25, 50, 75, 100, 125]);
  });

  it("lets a burst begin together, also when the limit is no multiple of it", async () => {
    acquireMany(limiterOf({ limit: 5, intervalMs: 100, burst: 2 }), 8);
    await clock.advance(1_000);
    expect(moments).toEqual([0, 0, 40, 40, 80, 100, 120, 140]);
  });

  it("has one timer while somebody waits, and none otherwise", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    acquireMany(limiter, 1);
    expect([clock.pending, limiter.waiting]).toEqual([0, 0]);
    acquireMany(limiter, 5);
    expect([clock.pending, limiter.waiting]).toEqual([1, 5]);
    await clock.advance(500);
    expect([clock.pending, limiter.waiting]).toEqual([0, 0]);
  });

  it("rejects as soon as the signal aborts; the place goes to the next one", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    const controller = new AbortController();
    acquireMany(limiter, 1);
    const waiting = limiter.acquire({ signal: controller.signal });
    acquireMany(limiter, 1);
    await clock.advance(50);
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    expect(limiter.waiting).toBe(1);
    await clock.advance(50);
    expect(moments).toEqual([0, 100]);
  });

  it("leaves no timer when the last one that waits aborts", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    const controller = new AbortController();
    acquireMany(limiter, 1);
    const waiting = limiter.acquire({ signal: controller.signal });
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
    acquireMany(limiter, 1);
    await clock.advance(100);
    expect(moments).toEqual([0, 100]);
  });

  it("rejects at once when the signal has aborted before, and counts nothing", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    await expect(limiter.acquire({ signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(limiter.tryAcquire()).toBe(true);
  });

  it("leaves no listener at the signal", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    await limiter.acquire({ signal });
    const waiting = limiter.acquire({ signal });
    expect(listeners.size).toBe(1);
    await clock.advance(100);
    await waiting;
    expect(listeners.size).toBe(0);
  });

  it("does not trust a timer that fires early", async () => {
    const early = {
      now: () => clock.now(),
      schedule: (call: () => void, ms: number) => clock.schedule(call, ms * 0.9),
    };
    acquireMany(new RateLimiter({ limit: 1, intervalMs: 100, clock: early }), 2);
    await clock.advance(99);
    expect(moments).toEqual([0]);
    await clock.advance(1);
    expect(moments).toEqual([0, 100]);
  });
});

describe("limiter.tryAcquire", () => {
  it("says whether the caller may begin at this moment, and counts it then", async () => {
    const limiter = limiterOf({ limit: 2, intervalMs: 100 });
    expect([limiter.tryAcquire(), limiter.tryAcquire(), limiter.tryAcquire()]).toEqual([true, true, false]);
    await clock.advance(99);
    expect(limiter.tryAcquire()).toBe(false);
    await clock.advance(1);
    expect(limiter.tryAcquire()).toBe(true);
  });

  it("overtakes nobody who waits", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    const tried: boolean[] = [];
    clock.schedule(() => tried.push(limiter.tryAcquire()), 100);
    acquireMany(limiter, 2);
    await clock.advance(100);
    expect(tried).toEqual([false]);
    expect(moments).toEqual([0, 100]);
  });
});

describe("limiter.use", () => {
  it("runs each work when it may begin, and settles like it", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    const first = limiter.use(async () => clock.now());
    const second = limiter.use(async () => Promise.reject(`refused at ${clock.now()}`));
    await expect(first).resolves.toBe(0);
    void clock.advance(100);
    await expect(second).rejects.toBe("refused at 100");
  });

  it("does not begin the work when the signal aborts first", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    const controller = new AbortController();
    let begun = 0;
    const work = async () => ++begun;
    await limiter.use(work);
    const waiting = limiter.use(work, { signal: controller.signal });
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    await clock.advance(1_000);
    expect(begun).toBe(1);
  });

  it("runs the work in the async context of the caller", async () => {
    const user = new AsyncLocalStorage<string>();
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    const using = ["ann", "bob", "eve"].map((name) => user.run(name, () => limiter.use(async () => user.getStore())));
    await clock.advance(200);
    expect(await Promise.all(using)).toEqual(["ann", "bob", "eve"]);
  });

  it("refuses a promise in place of the work", async () => {
    const limiter = limiterOf({ limit: 1, intervalMs: 100 });
    await expect(limiter.use(Promise.resolve(1) as never)).rejects.toMatchObject({ code: "NOT_A_FUNCTION" });
    expect(limiter.tryAcquire()).toBe(true);
  });
});

describe("a rate limiter", () => {
  it("goes by the clock of the work around it", async () => {
    const limiter = clock.run(() => new RateLimiter({ limit: 1, intervalMs: 100 }));
    acquireMany(limiter, 2);
    await clock.advance(100);
    expect(moments).toEqual([0, 100]);
  });

  it.each([
    [{ limit: 0, intervalMs: 100 }, "RateLimiter: limit must be a whole number above 0, not 0."],
    [{ limit: 1.5, intervalMs: 100 }, "RateLimiter: limit must be a whole number above 0, not 1.5."],
    [{ limit: Infinity, intervalMs: 100 }, "RateLimiter: limit must be a whole number above 0, not Infinity."],
    [{ limit: 1, intervalMs: 0 }, "RateLimiter: intervalMs must be above 0, not 0."],
    [
      { limit: 1, intervalMs: -1 },
      "RateLimiter: intervalMs must be a number of milliseconds from 0 to 2147483647, not -1.",
    ],
    [{ limit: 2, intervalMs: 100, burst: 0 }, "RateLimiter: burst must be a whole number above 0, not 0."],
    [{ limit: 2, intervalMs: 100, burst: 3 }, "RateLimiter: burst must be at most limit, which is 2, not 3."],
  ])("refuses the options %j", (options, message) => {
    expect(() => limiterOf(options)).toThrow(expect.objectContaining({ code: "INVALID_OPTION", message }));
  });

  it.each([
    { limit: 1, intervalMs: 0.5 },
    { limit: 2, intervalMs: 100, burst: 2 },
  ])("takes the options %j", (options) => {
    expect(limiterOf(options).tryAcquire()).toBe(true);
  });
});
