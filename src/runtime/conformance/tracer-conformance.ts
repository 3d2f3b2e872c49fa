import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { SpanAttributes, Tracer } from "../platform/tracer/tracer.js";
import { Result } from "../results/result.js";
import { assertFailure, assertSuccess } from "./assert-result.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";

/** A span as whoever receives the spans sees it. */
export interface ReceivedSpan {
  readonly name: string;
  readonly attributes: SpanAttributes;
  /** The name of its parent. */
  readonly parent: string | undefined;
  /** Why it is marked as failed. */
  readonly failure: string | undefined;
}

/** The service under test, and who receives its spans. */
export interface TracerFixture {
  readonly tracer: Tracer;
  /** The spans that were received after a flush, without those of the runtime. */
  readSpans(): Promise<readonly ReceivedSpan[]>;
}

/**
 * What every adapter of `Tracer` has to do.
 *
 * @example
 * ```ts
 * import { tracerConformance } from "@phasewise/runtime/conformance";
 * import { stubTracer } from "@phasewise/runtime/testing";
 * import { it } from "vitest";
 *
 * const cases = tracerConformance(async () => {
 *   const tracer = stubTracer();
 *   return { tracer, readSpans: async () => tracer.spans, async [Symbol.asyncDispose]() {} };
 * });
 * for (const { name, run } of cases) it(name, run);
 * ```
 */
export function tracerConformance(create: ServiceFactory<TracerFixture>): readonly ConformanceCase[] {
  const done = async () => Result.success(undefined);
  return casesOf(create, {
    "makes a span of work, with its name and its attributes, and gives what the work gives": async (fixture) => {
      const attributes = { text: "ünï", number: 1.5, flag: true };
      const outcome = await fixture.tracer.withSpan("work", async () => Result.success(7), { attributes });
      assert.equal(assertSuccess(outcome), 7);
      const [span, ...others] = await fixture.readSpans();
      assert.deepEqual(others, []);
      assert.ok(span);
      assert.deepEqual([span.name, span.parent, span.failure], ["work", undefined, undefined]);
      assert.deepEqual({ ...span.attributes }, attributes);
    },
    "adds the attributes that the work sets": async ({ tracer, readSpans }) => {
      const work = (span: { setAttributes(attributes: SpanAttributes): void }) => {
        span.setAttributes({ a: 2, b: "x" });
        return done();
      };
      assertSuccess(await tracer.withSpan("work", work, { attributes: { a: 1 } }));
      assert.deepEqual({ ...(await readSpans())[0]?.attributes }, { a: 2, b: "x" });
    },
    "makes the span the parent of those that its work makes, also of several at the same time": async (fixture) => {
      const { tracer, readSpans } = fixture;
      const inner = (name: string) =>
        tracer.withSpan(name, async () => {
          await nextTurn();
          return tracer.withSpan(`${name} of`, done);
        });
      assertSuccess(await tracer.withSpan("outer", async () => Result.all([inner("left"), inner("right")])));
      const parents = (await readSpans()).map(({ name, parent }) => [name, parent] as const);
      assert.deepEqual(Object.fromEntries(parents), {
        outer: undefined,
        left: "outer",
        right: "outer",
        "left of": "left",
        "right of": "right",
      });
    },
    "marks the span of a Failure with its code and message, and gives the Failure": async ({ tracer, readSpans }) => {
      const outcome = await tracer.withSpan("work", async () => Result.error("NOT_FOUND", "no invoice i-1"));
      assertFailure(outcome, "NOT_FOUND");
      const [span] = await readSpans();
      assert.deepEqual([span?.failure, span?.attributes["error.type"]], ["NOT_FOUND: no invoice i-1", "NOT_FOUND"]);
    },
    "marks the span of work that throws, and throws the same": async ({ tracer, readSpans }) => {
      const error = new Error("broken");
      const thrown = await tracer.withSpan("work", () => Promise.reject(error)).catch((caught: unknown) => caught);
      assert.equal(thrown, error);
      assert.equal((await readSpans())[0]?.failure, "broken");
    },
    "gives each piece of work a span of its own": async ({ tracer, readSpans }) => {
      for (let count = 0; count < 20; count++) {
        assertSuccess(await tracer.withSpan("work", done, { attributes: { count } }));
      }
      const counts = (await readSpans()).map(({ attributes }) => attributes["count"]);
      assert.deepEqual(
        counts,
        Array.from({ length: 20 }, (_, count) => count),
      );
    },
    "flushes when there is nothing, and is healthy": async ({ tracer }) => {
      assertSuccess(await tracer.flush());
      assert.ok(assertSuccess(await tracer.health()).latencyMs >= 0);
      assertFailure(await tracer.flush({ signal: AbortSignal.abort() }), "ABORTED");
    },
  });
}
