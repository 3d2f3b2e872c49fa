import { RateLimiter } from "@phasewise/runtime/tasks";
import { fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const limits = fc
  .record({ limit: fc.integer({ min: 1, max: 6 }), share: fc.nat({ max: 5 }), stepMs: fc.integer({ min: 1, max: 10 }) })
  .map(({ limit, share, stepMs }) => ({ limit, burst: 1 + (share % limit), intervalMs: limit * stepMs }));

const arrivals = fc.array(
  fc.record({
    gapMs: fc.constantFrom(0, 0, 0, 1, 2, 5, 17, 40),
    abortAfterMs: fc.option(fc.nat({ max: 20 }), { freq: 3 }),
    tries: fc.nat({ max: 4 }).map((number) => number === 0),
  }),
  { maxLength: 40 },
);

describe("any arrivals at a rate limiter", () => {
  it("begin as soon as no window of any beginning has too many, in order, whoever aborts", async () => {
    const seen = { waited: 0, aborted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(limits, arrivals, async ({ limit, burst, intervalMs }, callers) => {
        const clock = fakeClock();
        const limiter = new RateLimiter({ limit, burst, intervalMs, clock });
        const begun: { arrivedMs: number; atMs: number }[] = [];
        let settled = 0;
        let arrivedMs = 0;
        for (const { gapMs, abortAfterMs, tries } of callers) {
          arrivedMs += gapMs;
          const caller = { arrivedMs };
          clock.schedule(() => {
            const note = () => void begun.push({ ...caller, atMs: clock.now() });
            if (tries) {
              settled++;
              if (limiter.tryAcquire()) note();
              else seen.refused++;
              return;
            }
            const controller = new AbortController();
            if (abortAfterMs !== null) clock.schedule(() => controller.abort("aborted"), abortAfterMs);
            limiter
              .acquire({ signal: controller.signal })
              .then(note, () => seen.aborted++)
              .finally(() => settled++);
          }, arrivedMs);
        }
        await clock.advance(10_000);

        expect(settled).toBe(callers.length);
        expect([clock.pending, limiter.waiting]).toEqual([0, 0]);
        for (const [index, { arrivedMs, atMs }] of begun.entries()) {
          const earliest = (back: number, windowMs: number) => {
            const before = begun[index - back];
            return before ? before.atMs + windowMs : 0;
          };
          const shareMs = (intervalMs * burst) / limit;
          const dueMs = Math.max(arrivedMs, earliest(1, 0), earliest(limit, intervalMs), earliest(burst, shareMs));
          expect(atMs).toBe(dueMs);
          if (atMs > arrivedMs) seen.waited++;
        }
      }),
      { numRuns: 200, seed: 4 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });

  it("never exceed the limit where time does not come in whole milliseconds", async () => {
    const gaps = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 30 });
    const options = { limit: 3, burst: 1, intervalMs: 10 / 3 };
    await fc.assert(
      fc.asyncProperty(gaps, async (gapsMs) => {
        const clock = fakeClock();
        const limiter = new RateLimiter({ ...options, clock });
        const moments: number[] = [];
        for (const gapMs of gapsMs) {
          await clock.advance(gapMs);
          void limiter.acquire().then(() => moments.push(clock.now()));
        }
        await clock.advance(1_000);
        expect(moments).toHaveLength(gapsMs.length);
        for (const [index, moment] of moments.slice(3).entries()) {
          expect(moment).toBeGreaterThanOrEqual(moments[index]! + options.intervalMs);
        }
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});
