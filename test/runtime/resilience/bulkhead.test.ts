import { AsyncLocalStorage } from "node:async_hooks";
import { trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { Result } from "@phasewise/runtime";
import { Bulkhead, type BulkheadOptions, combine, RetryPolicy } from "@phasewise/runtime/resilience";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listenersOf } from "../tasks/listeners-of.js";
import { never, openWork, succeed } from "./works.js";

/** Lets everything go on that needs no time. */
const settle = () => fakeClock().advance(0);

describe("Bulkhead", () => {
  it("answers BULKHEAD_FULL, with its sizes, when as many calls are running as may, and does not begin the work", async () => {
    const bulkhead = new Bulkhead({ maxConcurrency: 2 });
    const { work, contexts, ends } = openWork();
    const running = [bulkhead.execute(work), bulkhead.execute(work)];
    const error = expectFailure(await bulkhead.execute(work), "BULKHEAD_FULL");
    expect(error).toEqual({
      code: "BULKHEAD_FULL",
      message: "2 calls are running and 0 are waiting; call again later.",
      details: { maxConcurrency: 2, maxQueue: 0 },
    });
    expect([contexts.length, bulkhead.running, bulkhead.waiting]).toEqual([2, 2, 0]);

    for (const { resolve } of ends) resolve(await succeed());
    await Promise.all(running);
    expect(bulkhead.running).toBe(0);
    expect(await bulkhead.execute(succeed)).toEqual(await succeed());
  });

  it("lets maxQueue calls wait, and begins first who has waited longest", async () => {
    const bulkhead = new Bulkhead({ maxConcurrency: 1, maxQueue: 2 });
    const { work, ends } = openWork();
    const order: string[] = [];
    const running = bulkhead.execute(work);
    const waiting = ["first", "second"].map((name) =>
      bulkhead.execute(async () => {
        order.push(name);
        return succeed();
      }),
    );
    expect(bulkhead.waiting).toBe(2);
    expectFailure(await bulkhead.execute(succeed), "BULKHEAD_FULL");
    expect(order).toEqual([]);
    ends[0]?.resolve(await succeed());
    await Promise.all([running, ...waiting]);
    expect(order).toEqual(["first", "second"]);
    expect([bulkhead.running, bulkhead.waiting]).toEqual([0, 0]);
  });

  it("lets no new call pass one that waits", async () => {
    const bulkhead = new Bulkhead({ maxConcurrency: 1, maxQueue: 1 });
    const { work, ends } = openWork();
    const running = bulkhead.execute(work).then(() => bulkhead.execute(succeed));
    const waiting = bulkhead.execute(work);
    ends[0]?.resolve(await succeed());
    await settle();
    expect(ends).toHaveLength(2);
    ends[1]?.resolve(await succeed());
    expect([(await waiting).success, (await running).success]).toEqual([true, true]);
  });

  it("forgets a waiting call that is aborted, at once, and gives its place in the queue away", async () => {
    const bulkhead = new Bulkhead({ maxConcurrency: 1, maxQueue: 1 });
    const { work, contexts, ends } = openWork();
    const controller = new AbortController();
    const running = bulkhead.execute(work);
    const aborted = bulkhead.execute(work, { signal: controller.signal });
    controller.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    expect(bulkhead.waiting).toBe(0);

    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    const next = bulkhead.execute(succeed, { signal });
    ends[0]?.resolve(await succeed());
    await Promise.all([running, next]);
    expect([contexts.length, bulkhead.running, listeners.size]).toEqual([1, 0, 0]);
  });

  it("does not begin work that was aborted before, also in the moment in which it gets its place", async () => {
    const begun: boolean[] = [];
    for (let ticks = 0; ticks < 10; ticks++) {
      const bulkhead = new Bulkhead({ maxConcurrency: 1, maxQueue: 1 });
      const controller = new AbortController();
      const { work, contexts } = openWork();
      const running = bulkhead.execute(succeed);
      const aborted = bulkhead.execute(work, { signal: controller.signal });
      aborted.catch(() => {});
      for (let tick = 0; tick < ticks; tick++) await undefined;
      begun.push(contexts.length > 0);
      controller.abort("enough");
      await expect(aborted).rejects.toBe("enough");
      await running;
      expect(contexts.length > 0).toBe(begun[ticks]);
      expect(bulkhead.running).toBe(contexts.length);
    }
    expect(new Set(begun)).toEqual(new Set([false, true]));
  });

  it("keeps the place of a call whose caller is gone until its work has ended", async () => {
    const bulkhead = new Bulkhead({ maxConcurrency: 1 });
    const { work, ends } = openWork();
    const controller = new AbortController();
    const calling = bulkhead.execute(work, { signal: controller.signal });
    controller.abort("enough");
    await expect(calling).rejects.toBe("enough");
    expectFailure(await bulkhead.execute(succeed), "BULKHEAD_FULL");
    ends[0]?.reject(new Error("late"));
    await settle();
    expect(await bulkhead.execute(succeed)).toEqual(await succeed());
  });

  it("frees the place of work that throws", async () => {
    const bulkhead = new Bulkhead({ maxConcurrency: 1 });
    const throwing = () => {
      throw new Error("at once");
    };
    await expect(bulkhead.execute(throwing)).rejects.toThrow("at once");
    expect(bulkhead.running).toBe(0);
  });

  it("runs a call that has waited in the async context of its own caller", async () => {
    const tenants = new AsyncLocalStorage<string>();
    const bulkhead = new Bulkhead({ maxConcurrency: 1, maxQueue: 1 });
    const { work, ends } = openWork();
    const first = tenants.run("acme", () => bulkhead.execute(work));
    const second = tenants.run("globex", () => bulkhead.execute(async () => Result.success(tenants.getStore())));
    tenants.run("acme", () => ends[0]?.resolve({ success: true, data: "" }));
    await first;
    expect(await second).toEqual({ success: true, data: "globex" });
  });

  it("makes a span of each wait, and lets it be aborted meanwhile", async () => {
    const exporter = new InMemorySpanExporter();
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
    const bulkhead = new Bulkhead({ maxConcurrency: 1, maxQueue: 2 });
    const { work, ends } = openWork();
    const controller = new AbortController();
    const running = bulkhead.execute(work);
    const waiting = bulkhead.execute(succeed);
    const aborted = bulkhead.execute(succeed, { signal: controller.signal });
    controller.abort("enough");
    await expect(aborted).rejects.toBe("enough");
    ends[0]?.resolve(await succeed());
    await Promise.all([running, waiting]);
    const name = "phasewise.resilience.queue";
    expect(exporter.getFinishedSpans().map((span) => span.name)).toEqual([name, name]);
    trace.disable();
  });

  it("can be tried again under a retry", async () => {
    const clock = fakeClock();
    const bulkhead = new Bulkhead({ maxConcurrency: 1 });
    const { work, ends } = openWork();
    const running = bulkhead.execute(work);
    const retry = new RetryPolicy({ delayMs: 100, jitter: "none", retryOn: ["BULKHEAD_FULL"], clock });
    const retrying = combine(retry, bulkhead).execute(succeed);
    await clock.advance(99);
    ends[0]?.resolve(await succeed());
    await running;
    await clock.advance(1);
    expect(await retrying).toEqual(await succeed());
  });

  it("never runs more than it may, and runs everything that it has accepted", async () => {
    const step = fc.oneof(fc.constant("call"), fc.record({ end: fc.nat(9) }), fc.record({ abort: fc.nat(9) }));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.nat(3), fc.array(step), async (places, maxQueue, steps) => {
        const bulkhead = new Bulkhead({ maxConcurrency: places, maxQueue });
        const { work, ends } = openWork();
        const controllers: AbortController[] = [];
        const outcomes: Promise<unknown>[] = [];
        let ended = 0;
        for (const taken of steps) {
          if (taken === "call") {
            const controller = new AbortController();
            controllers.push(controller);
            outcomes.push(bulkhead.execute(work, { signal: controller.signal }).catch((reason: unknown) => reason));
          } else if (typeof taken === "object" && "abort" in taken) controllers[taken.abort]?.abort("enough");
          else if (typeof taken === "object" && ended < ends.length) ends[ended++]?.resolve(await succeed());
          await settle();
          expect(ends.length - ended).toBe(bulkhead.running);
          expect(bulkhead.running).toBeLessThanOrEqual(places);
          expect(bulkhead.waiting).toBeLessThanOrEqual(bulkhead.running === places ? maxQueue : 0);
        }
        while (ended < ends.length) {
          ends[ended++]?.resolve(await succeed());
          await settle();
        }
        await Promise.all(outcomes);
        expect([bulkhead.running, bulkhead.waiting]).toEqual([0, 0]);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it.each<BulkheadOptions>([
    { maxConcurrency: 0 },
    { maxConcurrency: 1.5 },
    { maxConcurrency: 1, maxQueue: -1 },
    { maxConcurrency: 1, maxQueue: Number.NaN },
  ])("refuses %o", (options) => {
    expect(() => new Bulkhead(options)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringMatching(/^Bulkhead: max\w+ must be/) }),
    );
  });

  it.each<BulkheadOptions>([{ maxConcurrency: 1 }, { maxConcurrency: Infinity }, { maxConcurrency: 1, maxQueue: 0 }])(
    "takes %o",
    (options) => {
      expect(() => void new Bulkhead(options).execute(never)).not.toThrow();
    },
  );
});
