/** Values that a span carries, by name. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Makes OpenTelemetry spans. */
export interface Tracer {
  /**
   * Runs the work inside a span, which is the parent of every span that the work makes. It ends when the work settles,
   * and records what the work rejects with. Settles like the work.
   */
  trace<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
}

/** What is used of `@opentelemetry/api`. */
export interface OpenTelemetryApi {
  readonly trace: { getTracer(name: string): OpenTelemetryTracer };
  readonly context: { active(): object };
  readonly propagation: { inject(context: object, carrier: Record<string, string>): void };
  readonly SpanStatusCode: { readonly ERROR: number };
}

interface OpenTelemetryTracer {
  startActiveSpan<T>(name: string, options: { attributes: SpanAttributes }, work: (span: Span) => T): T;
}

interface Span {
  recordException(exception: Error): void;
  setStatus(status: { code: number; message: string }): void;
  end(): void;
}

/** The one place where all copies of the API keep what an SDK has registered with any of them. */
const registrations = Symbol.for("opentelemetry.js.api.1");

/** Is an OpenTelemetry SDK registered that records spans? Costs next to nothing. */
export function isTracing(): boolean {
  return (globalThis as Record<symbol, { trace?: unknown } | undefined>)[registrations]?.trace !== undefined;
}

/** Settles like the work, which runs inside a span if an SDK is registered. */
export async function traced<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T> {
  const tracer = isTracing() ? await createTracer() : undefined;
  return tracer ? tracer.trace(name, attributes, work) : work();
}

/** Gives a tracer if an OpenTelemetry SDK is registered. Otherwise the API is not even imported. */
export async function createTracer(): Promise<Tracer | undefined> {
  const api = await findTracingApi();
  if (!api) return undefined;

  const tracer = api.trace.getTracer("@phasewise/runtime");
  return {
    trace: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work();
        } catch (thrown) {
          const error = thrown instanceof Error ? thrown : new Error(String(thrown));
          span.recordException(error);
          span.setStatus({ code: api.SpanStatusCode.ERROR, message: error.message });
          throw thrown;
        } finally {
          span.end();
        }
      }),
  };
}

/**
 * Gives `@opentelemetry/api` if an SDK is registered. The package is an optional peer: its name stands in a variable so
 * that no compiler or bundler asks for it.
 */
export async function findTracingApi(): Promise<OpenTelemetryApi | undefined> {
  if (!isTracing()) return undefined;
  const name = "@opentelemetry/api";
  try {
    return (await import(name)) as OpenTelemetryApi;
  } catch {
    return undefined;
  }
}
