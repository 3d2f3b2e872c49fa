import { RateLimiter } from "@phasewise/runtime/tasks";
import { fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import pThrottle from "p-throttle";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: 0 }));
afterEach(() => void vi.useRealTimers());

const arrivals = fc.array(fc.constantFrom(0, 0, 0, 1, 3, 10, 26), { maxLength: 20 });

interface Limits {
  readonly limit: number;
  readonly intervalMs: number;
  readonly strict: boolean;
}

/** When calls with these gaps between them begin, by p-throttle and by ours. */
async function momentsOf({ limit, intervalMs, strict }: Limits, gapsMs: readonly number[]) {
  const [ours, theirs]: number[][] = [[], []];
  const clock = fakeClock();
  const originMs = Date.now();
  const limiter = new RateLimiter({ limit, intervalMs, clock });
  const throttled = pThrottle({ limit, interval: intervalMs, strict })(async () => {
    theirs!.push(Date.now() - originMs);
  });
  const pass = async (durationMs: number) => {
    await vi.advanceTimersByTimeAsync(durationMs);
    await clock.advance(durationMs);
  };
  for (const gapMs of gapsMs) {
    await pass(gapMs);
    void throttled();
    void limiter.acquire().then(() => ours!.push(clock.now()));
  }
  await pass(10_000);
  return { ours: ours!, theirs: theirs! };
}

/** The greatest number that begins within `intervalMs`. */
const mostIn = (moments: readonly number[], intervalMs: number) =>
  Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + intervalMs).length));

describe("a rate limiter and p-throttle in its strict mode", () => {
  it("let one at a time begin at the same moments", async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (gapsMs) => {
        const { ours, theirs } = await momentsOf({ limit: 1, intervalMs: 10, strict: true }, gapsMs);
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 50, seed: 4 },
    );
  });

  it("both keep the limit in any window, and ours lets nobody begin later", async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 2, max: 4 }), async (gapsMs, limit) => {
        const { ours, theirs } = await momentsOf({ limit, intervalMs: 12, strict: true }, gapsMs);
        expect(ours).toHaveLength(theirs.length);
        expect(Math.max(mostIn(ours, 12), mostIn(theirs, 12))).toBeLessThanOrEqual(limit);
        for (const [index, moment] of ours.entries()) expect(moment).toBeLessThanOrEqual(theirs[index]!);
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

describe("where p-throttle is wrong", () => {
  it("by default its windows do not slide: more than the limit begin within a window; of ours never", async () => {
    const { ours, theirs } = await momentsOf({ limit: 2, intervalMs: 100, strict: false }, [0, 99, 0, 0]);
    expect(theirs).toEqual([0, 99, 100, 100]);
    expect(mostIn(theirs, 100)).toBe(3);
    expect(ours).toEqual([0, 99, 100, 199]);
    expect(mostIn(ours, 100)).toBe(2);
  });

  it("in its strict mode some wait although the limit is not reached; of ours none", async () => {
    const { ours, theirs } = await momentsOf({ limit: 3, intervalMs: 100, strict: true }, [0, 0, 0, 0, 0]);
    expect(theirs).toEqual([0, 0, 0, 100, 134]);
    expect(ours).toEqual([0, 0, 0, 100, 100]);
  });

  it("its signal ends all calls; ours ends one, and the others move up", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const throttled = pThrottle({ limit: 1, interval: 100, signal: controller.signal })(async () => "begun");
    const theirs = [throttled(), throttled(), throttled()].map((call) => call.catch((reason: unknown) => reason));
    const limiter = new RateLimiter({ limit: 1, intervalMs: 100, clock });
    const ours = [undefined, controller.signal, undefined].map((signal) =>
      limiter.acquire({ signal }).then(
        () => `begun at ${clock.now()}`,
        (reason: unknown) => reason,
      ),
    );
    controller.abort("enough");
    await clock.advance(1_000);
    expect(await Promise.all(theirs)).toEqual(["begun", "enough", "enough"]);
    expect(await Promise.all(ours)).toEqual(["begun at 0", "enough", "begun at 100"]);
  });
});
