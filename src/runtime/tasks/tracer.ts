import type { SpanAttributes, Tracer } from "./tracing.js";

/** What is used of `@opentelemetry/api`. */
export interface OpenTelemetryApi {
  readonly trace: { getTracer(name: string): OpenTelemetryTracer };
  readonly context: { active(): object };
  readonly propagation: { inject(context: object, carrier: Record<string, string>): void };
  readonly SpanStatusCode: { readonly ERROR: number };
}

interface OpenTelemetryTracer {
  startActiveSpan<T>(name: string, options: { attributes: SpanAttributes }, work: (span: OpenTelemetrySpan) => T): T;
}

interface OpenTelemetrySpan {
  recordException(exception: Error): void;
  setStatus(status: { code: number; message: string }): void;
  end(): void;
}

/** Gives a tracer of the registered SDK. Ask `isTracing` before: without an SDK nothing of this is to be imported. */
export async function createTracer(): Promise<Tracer | undefined> {
  const api = await findTracingApi();
  if (!api) return undefined;

  const tracer = api.trace.getTracer("@phasewise/runtime");
  const fail = (span: OpenTelemetrySpan, thrown: unknown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    span.recordException(error);
    span.setStatus({ code: api.SpanStatusCode.ERROR, message: error.message });
    span.end();
  };
  const withSpan: Tracer["withSpan"] = (name, attributes, work) =>
    tracer.startActiveSpan(name, { attributes }, (span) =>
      work({ end: () => span.end(), fail: (thrown) => fail(span, thrown) }),
    );
  const trace: Tracer["trace"] = (name, attributes, work) =>
    withSpan(name, attributes, async (span) => {
      try {
        const outcome = await work();
        span.end();
        return outcome;
      } catch (error) {
        span.fail(error);
        throw error;
      }
    });
  return { trace, withSpan };
}

/**
 * Gives `@opentelemetry/api` if it can be imported from here. The package is an optional peer: its name stands in a
 * variable so that no compiler or bundler asks for it.
 */
export async function findTracingApi(): Promise<OpenTelemetryApi | undefined> {
  const name = "@opentelemetry/api";
  try {
    return (await import(name)) as OpenTelemetryApi;
  } catch {
    return undefined;
  }
}
