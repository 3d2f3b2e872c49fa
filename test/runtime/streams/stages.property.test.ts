import { AsyncStream } from "@phasewise/runtime/streams";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Item, type Link, links } from "./chains.js";
import { observedSource } from "./observed-source.js";

/** How the items are consumed: all, up to an early exit, or up to a failure of who consumes them. */
interface Consumer {
  readonly way: "collect" | "loop" | "forEach";
  readonly leaveAfter: number;
  /** Which call of a function in the middle fails. */
  readonly failAt: number;
}

const consumers = fc.record<Consumer>({
  way: fc.constantFrom("collect", "loop", "forEach"),
  leaveAfter: fc.integer({ min: 1, max: 30 }),
  failAt: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 20 })),
});

const failure = new Error("refused");

/** Passes items on until it fails. */
function failingAt(failAt: number): (item: Item) => Item {
  let calls = 0;
  return (item) => {
    if (++calls === failAt) throw failure;
    return item;
  };
}

interface Outcome {
  readonly items: readonly Item[];
  readonly error: unknown;
}

function runModel(values: Iterable<Item>, all: readonly Link[], middle: number, consumer: Consumer): Outcome {
  const guard = failingAt(consumer.failAt);
  const items: Item[] = [];
  let chain = values;
  for (const [index, { model }] of all.entries()) chain = model(index === middle ? guarded(chain, guard) : chain);
  try {
    for (const item of chain) {
      items.push(item);
      if (consumer.way === "loop" && items.length === consumer.leaveAfter) break;
    }
    return { items, error: undefined };
  } catch (error) {
    return { items, error };
  }
}

function* guarded(items: Iterable<Item>, guard: (item: Item) => Item): Generator<Item, void, undefined> {
  for (const item of items) yield guard(item);
}

async function runStream(source: AsyncIterable<Item>, all: readonly Link[], middle: number, consumer: Consumer) {
  const guard = failingAt(consumer.failAt);
  const items: Item[] = [];
  let stream = AsyncStream.from(source);
  for (const [index, { apply }] of all.entries()) stream = apply(index === middle ? stream.map(guard) : stream);
  try {
    if (consumer.way === "collect") items.push(...(await stream.collect()));
    else if (consumer.way === "forEach") await stream.forEach((item) => void items.push(item));
    else {
      for await (const item of stream) {
        items.push(item);
        if (items.length === consumer.leaveAfter) break;
      }
    }
    return { items, error: undefined };
  } catch (error) {
    return { items, error };
  }
}

describe("any chain of stages, read to its end, left early or failing", () => {
  it("gives what a loop by hand gives, reads no more than that does, and closes its source once", async () => {
    const seen = { ended: 0, left: 0, failed: 0, asynchronous: 0 };
    const kinds = fc.constantFrom("sync" as const, "async" as const);
    const inputs = fc.tuple(
      fc.array(fc.nat({ max: 9 }), { maxLength: 20 }),
      links,
      fc.nat({ max: 5 }),
      consumers,
      kinds,
    );
    await fc.assert(
      fc.asyncProperty(inputs, async ([values, all, middle, consumer, kind]) => {
        const modelled = observedSource<Item>(values, "sync");
        const source = observedSource<Item>(values, kind);
        const expected = runModel(modelled.items as unknown as Iterable<Item>, all, middle, consumer);
        const actual = await runStream(source.items, all, middle, consumer);

        if (!all.some(({ readsAhead }) => readsAhead)) {
          expect(source.closed).toBe(source.hasEnded ? 0 : 1);
          expect(actual.error).toBe(expected.error);
          expect([source.asked, source.closed]).toEqual([modelled.asked, modelled.closed]);
          if (consumer.way !== "collect" || !actual.error) expect(actual.items).toEqual(expected.items);
        } else {
          // What is read ahead may fail although nobody would have asked for it, and the end may come too late.
          expect(source.hasEnded ? [0, 1] : [1]).toContain(source.closed);
          if (!actual.error) expect(actual.items).toEqual(expected.items);
          if (expected.error) expect(actual.error).toBe(expected.error);
          expect(source.asked).toBeGreaterThanOrEqual(modelled.asked);
          seen.asynchronous++;
        }
        seen[actual.error ? "failed" : source.hasEnded ? "ended" : "left"]++;
      }),
      { numRuns: 1_500 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });

  it("gives the same for an array, for an iterator, for an async iterable, and for promises", async () => {
    const inputs = fc.tuple(fc.array(fc.nat({ max: 9 }), { maxLength: 20 }), links);
    await fc.assert(
      fc.asyncProperty(inputs, async ([values, all]) => {
        const collect = (stream: AsyncStream<Item>) =>
          all.reduce((before, { apply }) => apply(before), stream).collect();
        const expected = await collect(AsyncStream.from<Item>(values));
        expect(await collect(AsyncStream.from<Item>(values.values()))).toEqual(expected);
        expect(await collect(AsyncStream.from(observedSource<Item>(values).items))).toEqual(expected);
        expect(await collect(AsyncStream.from<Item>(values.map((value) => Promise.resolve(value))))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
