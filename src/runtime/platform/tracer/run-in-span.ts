import type { Result } from "../../results/result.js";
import type { Span, SpanAttributes, SpanOptions } from "./tracer.js";

/** What is used of a span of OpenTelemetry. */
interface OpenTelemetrySpan {
  setAttributes(attributes: SpanAttributes): unknown;
  recordException(exception: Error): void;
  setStatus(status: { code: number; message: string }): unknown;
  end(): void;
}

/** What is used of a tracer of OpenTelemetry. */
export interface SpanSource {
  startActiveSpan<T>(name: string, options: { attributes: SpanAttributes }, work: (span: OpenTelemetrySpan) => T): T;
}

/** `SpanStatusCode.ERROR` of `@opentelemetry/api`, which is a constant of the protocol. */
const failed = 2;

/**
 * What `Tracer.withSpan` does, for adapters that have a tracer of OpenTelemetry.
 *
 * @example
 * ```ts
 * import { trace } from "@opentelemetry/api";
 * import { Result } from "@phasewise/runtime";
 * import { runInSpan } from "@phasewise/runtime/platform";
 *
 * await runInSpan(trace.getTracer("shop"), "count", async () => Result.success(1));
 * ```
 */
export function runInSpan<T, C extends string>(
  source: SpanSource,
  name: string,
  work: (span: Span) => Promise<Result<T, C>>,
  { attributes = {} }: SpanOptions = {},
): Promise<Result<T, C>> {
  return source.startActiveSpan(name, { attributes }, async (span) => {
    try {
      const outcome = await work({ setAttributes: (more) => void span.setAttributes(more) });
      if (!outcome.success) {
        const { code, message } = outcome.error;
        span.setAttributes({ "error.type": code });
        span.setStatus({ code: failed, message: `${code}: ${message}` });
      }
      return outcome;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      span.recordException(error);
      span.setStatus({ code: failed, message: error.message });
      throw thrown;
    } finally {
      span.end();
    }
  });
}

/** The span of work that runs without one. */
export const noSpan: Span = { setAttributes() {} };
