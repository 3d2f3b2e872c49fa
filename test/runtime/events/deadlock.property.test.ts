import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventType, PublishResult } from "@phasewise/runtime";
import { eventBus, eventModule, turn } from "./event-module.js";

const count = 5;

/** For each type of event: how many of it are handled at the same time, and what its handler publishes, when. */
const handlers = fc.array(
  fc.record({
    concurrency: fc.constantFrom(1, 1, 2, Infinity),
    published: fc.array(fc.nat(count - 1), { maxLength: 2 }),
    isTogether: fc.boolean(),
    turns: fc.nat(2),
  }),
  { minLength: count, maxLength: count },
);
type Handlers = typeof handlers extends fc.Arbitrary<infer T> ? T : never;

const maxDepth = 5;

/** Publishes all at the same time, and gives the results: of these, and of what their handlers have published. */
async function run(handlers: Handlers, roots: readonly number[]): Promise<PublishResult[]> {
  const { events } = eventModule(eventBus());
  const results: PublishResult[] = [];
  let unsettled = 0;
  const publish = async (index: number, depth: number) => {
    unsettled += 1;
    results.push(await events.publish(`type-${index}` as EventType, { depth } as never));
    unsettled -= 1;
  };
  handlers.forEach(({ concurrency, published, isTogether, turns }, index) => {
    const handle = async ({ data }: { data: unknown }) => {
      const { depth } = data as { depth: number };
      for (let passed = 0; passed < turns; passed += 1) await turn();
      if (depth >= maxDepth) return;
      if (isTogether) await Promise.all(published.map((other) => publish(other, depth + 1)));
      else for (const other of published) await publish(other, depth + 1);
    };
    events.subscribe(`type-${index}` as EventType, handle as never, { concurrency });
  });
  for (const root of roots) void publish(root, 0);
  for (let turns = 0; unsettled > 0 && turns < 5_000; turns += 1) await turn();
  expect(unsettled).toBe(0);
  return results;
}

const roots = fc.array(fc.nat(count - 1), { minLength: 1, maxLength: 4 });

describe("handlers that publish and wait", () => {
  it("never hang, whatever they publish and however many run", async () => {
    await fc.assert(
      fc.asyncProperty(handlers, roots, async (handlers, roots) => {
        await run(handlers, roots);
      }),
      { numRuns: 200 },
    );
  });

  it("are told of no deadlock where none can be", async () => {
    const downwards = handlers.map((list) =>
      list.map((each, index) => ({ ...each, published: each.published.filter((other) => other > index) })),
    );
    await fc.assert(
      fc.asyncProperty(downwards, roots, async (handlers, roots) => {
        for (const { success } of await run(handlers, roots)) expect(success).toBe(true);
      }),
    );
  });
});
