import { AsyncLocalStorage } from "node:async_hooks";
import { runInSpan, type SpanSource } from "../../platform/tracer/run-in-span.js";
import type { SpanAttributes, Tracer } from "../../platform/tracer/tracer.js";
import { Result } from "../../results/result.js";
import { currentClock } from "../../tasks/clock.js";
import { StubCalls, type StubOptions } from "./stub-calls.js";

/** A span that has ended. */
export interface RecordedSpan {
  readonly name: string;
  readonly attributes: SpanAttributes;
  /** The name of the span that it was made in. */
  readonly parent: string | undefined;
  /** Why it is marked as failed. */
  readonly failure: string | undefined;
  /** By the clock of the application. */
  readonly durationMs: number;
}

/** A `Tracer` that keeps its spans. */
export interface StubTracer extends Tracer {
  /** In the order in which they have ended. */
  readonly spans: readonly RecordedSpan[];
}

/**
 * Makes a `Tracer` for a test, which keeps the spans that its own `withSpan` makes. Latency and failures are those of `flush`.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { stubTracer } from "@phasewise/runtime/testing";
 *
 * const tracer = stubTracer();
 * await tracer.withSpan("count", async () => Result.success(1));
 * console.log(tracer.spans.map(({ name }) => name)); // [ 'count' ]
 * ```
 */
export function stubTracer(options: StubOptions = {}): StubTracer {
  const calls = new StubCalls("tracer", options);
  const spans: RecordedSpan[] = [];
  const source = recordIn(spans);
  return {
    spans,
    withSpan: (name, work, own) => runInSpan(source, name, work, own),
    flush: (call) => calls.run("flush", call, async () => Result.success(undefined)),
    health: (call) => calls.run("health", call, async () => Result.success({ latencyMs: 0, details: {} })),
  };
}

function recordIn(spans: RecordedSpan[]): SpanSource {
  const parents = new AsyncLocalStorage<string>();
  return {
    startActiveSpan(name, { attributes }, work) {
      const begunMs = currentClock().now();
      const parent = parents.getStore();
      let all = attributes;
      let failure: string | undefined;
      const span = {
        setAttributes: (more: SpanAttributes) => void (all = { ...all, ...more }),
        recordException() {},
        setStatus: ({ message }: { message: string }) => void (failure = message),
        end() {
          const durationMs = currentClock().now() - begunMs;
          spans.push({ name, attributes: all, parent, failure, durationMs });
        },
      };
      return parents.run(name, () => work(span));
    },
  };
}
