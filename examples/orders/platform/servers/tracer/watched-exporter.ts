import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-node";
import type { Logger } from "@phasewise/runtime";

type Done = Parameters<SpanExporter["export"]>[1];

/** Sends spans by another exporter, counts them, and says once when sending begins to fail and when it works again. */
export class WatchedExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #logger: Logger;
  sent = 0;
  lost = 0;
  failure: Error | undefined;

  constructor(exporter: SpanExporter, logger: Logger) {
    this.#exporter = exporter;
    this.#logger = logger;
  }

  export(spans: ReadableSpan[], done: Done): void {
    this.#exporter.export(spans, (result) => {
      if (result.code === 0) this.#succeed(spans.length);
      else this.#fail(spans.length, result.error ?? new Error("the collector did not take the spans"));
      done(result);
    });
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await this.#exporter.shutdown();
  }

  #succeed(spans: number): void {
    this.sent += spans;
    if (this.failure) this.#logger.info("spans are sent again", { lost: this.lost });
    this.failure = undefined;
  }

  #fail(spans: number, error: Error): void {
    this.lost += spans;
    if (!this.failure) this.#logger.warn("spans could not be sent", { reason: error.message });
    this.failure = error;
  }
}
