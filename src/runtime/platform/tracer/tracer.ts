import type { Result } from "../../results/result.js";
import type { CallOptions, PlatformFailureCode, PlatformService } from "../platform-service.js";

/** Values that a span carries, by name. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** What the work in a span can say about itself. */
export interface Span {
  /** Adds values to the span. Of two with the same name the later one stands. */
  setAttributes(attributes: SpanAttributes): void;
}

/** What `withSpan` takes beside name and work. */
export interface SpanOptions {
  /** The values that the span begins with. */
  readonly attributes?: SpanAttributes | undefined;
}

/**
 * Makes spans of work, over OpenTelemetry. Once its module is active, also the spans of the runtime, for boots, waits,
 * requests and the calls of platform services, go where its own go.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import type { Tracer } from "@phasewise/runtime/platform";
 *
 * export const sendInvoice = (tracer: Tracer, invoiceId: string) =>
 *   tracer.withSpan("send invoice", async (span) => {
 *     span.setAttributes({ "invoice.pages": 2 });
 *     return Result.success(invoiceId);
 *   });
 * ```
 */
export interface Tracer extends PlatformService {
  /**
   * Runs the work in a span, the parent of every span that the work makes. It ends before this settles, and a Failure or
   * what the work throws marks it as failed. Settles like the work, which runs in any case: also before the module is active, after
   * it was stopped, and when nobody receives the spans.
   */
  withSpan<T, C extends string>(
    name: string,
    work: (span: Span) => Promise<Result<T, C>>,
    options?: SpanOptions,
  ): Promise<Result<T, C>>;

  /** Sends the spans that have ended and are not sent yet. */
  flush(options?: CallOptions): Promise<Result<undefined, PlatformFailureCode>>;
}
