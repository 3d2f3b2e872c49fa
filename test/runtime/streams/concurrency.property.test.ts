import { sleep } from "@phasewise/runtime";
import { AsyncStream } from "@phasewise/runtime/streams";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { turns } from "./turns.js";

interface Plan {
  /** For each source, how long each of its items takes to come. */
  readonly sources: readonly (readonly number[])[];
  readonly taskMs: readonly number[];
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly batch: { readonly size: number; readonly maxWaitMs: number };
  readonly consumerMs: number;
  readonly failingTask: number;
  readonly abortMs: number;
  readonly leaveAfter: number;
}

const seldom = (arbitrary: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(Infinity) }, { weight: 1, arbitrary });

const plans: fc.Arbitrary<Plan> = fc.record({
  sources: fc.array(fc.array(fc.nat({ max: 9 }), { maxLength: 8 }), { minLength: 1, maxLength: 3 }),
  taskMs: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 8 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  ordered: fc.boolean(),
  batch: fc.record({ size: fc.integer({ min: 1, max: 4 }), maxWaitMs: fc.nat({ max: 20 }) }),
  consumerMs: fc.nat({ max: 10 }),
  failingTask: seldom(fc.nat({ max: 10 })),
  abortMs: seldom(fc.nat({ max: 60 })),
  leaveAfter: seldom(fc.integer({ min: 1, max: 4 })),
});

const failure = new Error("refused");

/** Runs a plan by a fake clock, and notes what it leaves. */
class Experiment {
  readonly clock: FakeClock = fakeClock();
  readonly controller = new AbortController();
  readonly items: number[] = [];
  open = 0;
  running = 0;
  most = 0;
  #tasks = 0;

  async *source(index: number, waitsMs: readonly number[]): AsyncGenerator<number, void, undefined> {
    this.open++;
    try {
      for (const [item, waitMs] of waitsMs.entries()) {
        await sleep(waitMs, { clock: this.clock });
        yield index * 100 + item;
      }
    } finally {
      this.open--;
    }
  }

  async task({ taskMs, failingTask }: Plan, item: number, signal: AbortSignal): Promise<number> {
    const number = this.#tasks++;
    this.most = Math.max(this.most, ++this.running);
    try {
      await sleep(taskMs[number % taskMs.length]!, { clock: this.clock, signal });
      if (number === failingTask) throw failure;
      return item;
    } finally {
      this.running--;
    }
  }

  async run(plan: Plan): Promise<void> {
    const [first, ...others] = plan.sources.map((waitsMs, index) => this.source(index, waitsMs));
    const batches = AsyncStream.from(first!, { signal: this.controller.signal })
      .merge(...others)
      .mapConcurrent((item, signal) => this.task(plan, item, signal), plan)
      .batch({ ...plan.batch, clock: this.clock });
    let seen = 0;
    for await (const batch of batches) {
      this.items.push(...batch);
      if (++seen === plan.leaveAfter) return;
      await sleep(plan.consumerMs, { clock: this.clock });
    }
  }
}

/** The items of each source, in the order in which they came out. */
const bySource = (items: readonly number[], sources: number) =>
  Array.from({ length: sources }, (_, index) => items.filter((item) => Math.floor(item / 100) === index));

describe("merged sources through concurrent tasks and timed batches, aborted, failing or left at any moment", () => {
  it("leave no task, no timer and no open source; lose no item and no failure; keep the order and the limit", async () => {
    const seen = { ended: 0, left: 0, failed: 0, aborted: 0 };
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const experiment = new Experiment();
        const { clock, controller } = experiment;
        const isFinite = plan.abortMs !== Infinity;
        const cancelAbort = isFinite ? clock.schedule(() => controller.abort("enough"), plan.abortMs) : () => {};
        let runningAtEnd = 0;
        const ending = experiment.run(plan).then(
          () => undefined,
          (error: unknown) => error,
        );
        const ended = ending.then(() => (runningAtEnd = experiment.running));
        await clock.advance(10_000);
        const error = await ending;
        await ended;
        cancelAbort();
        await turns(1);

        expect([experiment.open, experiment.running, clock.pending]).toEqual([0, 0, 0]);
        if (error !== "enough") expect(runningAtEnd).toBe(0);
        expect([undefined, failure, "enough"]).toContain(error);
        expect(experiment.most).toBeLessThanOrEqual(plan.concurrency);

        const came = bySource(experiment.items, plan.sources.length);
        const all = plan.sources.map((waitsMs, index) => waitsMs.map((_, item) => index * 100 + item));
        if (plan.ordered)
          for (const [index, items] of came.entries()) expect(items).toEqual(all[index]!.slice(0, items.length));
        const isWhole =
          error === undefined && (plan.leaveAfter === Infinity || experiment.items.length === all.flat().length);
        if (isWhole) expect(experiment.items.toSorted()).toEqual(all.flat().toSorted());
        seen[error === failure ? "failed" : error === "enough" ? "aborted" : isWhole ? "ended" : "left"]++;
      }),
      { numRuns: 500 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });
});
