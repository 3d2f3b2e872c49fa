import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-node";
import type { Logger } from "@phasewise/runtime";

/** `SpanStatusCode.ERROR` and `ExportResultCode.SUCCESS` of OpenTelemetry. */
const failed = 2;
const exported = { code: 0 };

/** Writes each span as a log line, which masks secrets as every line does. */
export class LogExporter implements SpanExporter {
  readonly #logger: Logger;
  readonly #level: "debug" | "info";

  constructor(logger: Logger, level: "debug" | "info") {
    this.#logger = logger;
    this.#level = level;
  }

  export(spans: ReadableSpan[], done: (result: typeof exported) => void): void {
    for (const span of spans) {
      const { traceId, spanId } = span.spanContext();
      const [seconds, nanoseconds] = span.duration;
      this.#logger[this.#level](`span ${span.name}`, {
        traceId,
        spanId,
        parentSpanId: span.parentSpanContext?.spanId,
        durationMs: seconds * 1_000 + nanoseconds / 1_000_000,
        attributes: span.attributes,
        ...(span.status.code === failed && { failure: span.status.message }),
      });
    }
    done(exported);
  }

  async shutdown(): Promise<void> {}
}
