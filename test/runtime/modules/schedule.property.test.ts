import { setImmediate as nextTurn } from "node:timers/promises";
import { defineModule, type Module } from "@phasewise/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";

interface Graph {
  /** The dependencies of each module by position; they always come earlier. */
  readonly dependencies: readonly (readonly number[])[];
  /** The order in which the modules are given. */
  readonly order: readonly number[];
  /** How many turns of the event loop each hook takes. */
  readonly turns: readonly number[];
  readonly maxConcurrency: number;
}

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    dependencies: fc.tuple(
      ...Array.from({ length: size }, (_, index) => fc.subarray(Array.from({ length: index }, (_, before) => before))),
    ),
    order: fc.shuffledSubarray(
      Array.from({ length: size }, (_, index) => index),
      { minLength: size },
    ),
    turns: fc.array(fc.nat({ max: 3 }), { minLength: size, maxLength: size }),
    maxConcurrency: fc.integer({ min: 1, max: size }),
  }),
);

/** What happened, in order: `activate m1 begin`, `activate m1 end`, … */
class Recording {
  readonly events: string[] = [];

  modulesOf({ dependencies, order, turns }: Graph, failing?: number): Module[] {
    return order.map((index) => {
      const hook = (name: string) => async () => {
        this.events.push(`${name} m${index} begin`);
        for (let turn = 0; turn < turns[index]!; turn++) await nextTurn();
        if (name === "activate" && index === failing) throw new Error("by design");
        this.events.push(`${name} m${index} end`);
      };
      return defineModule({
        id: `m${index}`,
        version: "1.0.0",
        dependencies: dependencies[index]!.map((dependency) => `m${dependency}`),
        setupModule: hook("activate"),
        start: hook("start"),
        stop: hook("stop"),
      });
    });
  }

  /** Position of an event that happened exactly once. */
  at(event: string): number {
    expect(this.events.filter((candidate) => candidate === event)).toHaveLength(1);
    return this.events.indexOf(event);
  }

  mostAtOnce(hook: string): number {
    let running = 0;
    return Math.max(
      ...this.events
        .filter((event) => event.startsWith(hook))
        .map((event) => (running += event.endsWith("begin") ? 1 : -1)),
    );
  }
}

describe("in any graph", () => {
  it("each module passes each phase once, after its dependencies, and stops before them", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const recording = new Recording();
        const app = applicationOf(recording.modulesOf(graph), { maxConcurrency: graph.maxConcurrency });
        await app.start();
        await app.stop();

        graph.dependencies.forEach((dependencies, index) => {
          for (const dependency of dependencies) {
            for (const hook of ["activate", "start"]) {
              expect(recording.at(`${hook} m${dependency} end`)).toBeLessThan(recording.at(`${hook} m${index} begin`));
            }
            expect(recording.at(`stop m${index} end`)).toBeLessThan(recording.at(`stop m${dependency} begin`));
          }
        });
        expect(recording.events).toHaveLength(graph.order.length * 6);
        for (const hook of ["activate", "start", "stop"]) {
          expect(recording.mostAtOnce(hook)).toBeLessThanOrEqual(graph.maxConcurrency);
        }
      }),
    );
  });

  it("one failing activation stops exactly the modules that were activated", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat(), async (graph, choice) => {
        const recording = new Recording();
        const failing = choice % graph.order.length;
        const app = applicationOf(recording.modulesOf(graph, failing), { maxConcurrency: graph.maxConcurrency });
        const error = await rejectionOf(app.start());
        expect(error.message).toContain(`Module "m${failing}": setupModule failed`);

        const endsOf = (hook: string) =>
          recording.events
            .filter((event) => event.startsWith(hook) && event.endsWith("end"))
            .map((event) => event.split(" ")[1]);
        expect(endsOf("stop").sort()).toEqual(endsOf("activate").sort());
        expect(recording.events).not.toContain(`start m${failing} begin`);
        expect(app.report.modules.filter(({ state }) => state.status === "failed").map(({ id }) => id)).toEqual([
          `m${failing}`,
        ]);
      }),
    );
  });
});
