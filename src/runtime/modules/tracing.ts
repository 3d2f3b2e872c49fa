/** Values that a span carries, by name. */
export type SpanAttributes = Readonly<Record<string, string>>;

/** Makes OpenTelemetry spans. */
export interface Tracer {
  /**
   * Runs the work inside a span, which is the parent of every span that the work makes. It ends when the work settles,
   * and records what the work rejects with. Settles like the work.
   */
  trace<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;

  /** The same for a hook of a module: the span `phasewise.module.<hook>`. */
  traceHook<T>(module: TracedModule, hook: string, work: () => Promise<T>): Promise<T>;
}

/** What a span tells of a module. */
export interface TracedModule {
  readonly id: string;
  readonly version: string;
}

/** What is used of `@opentelemetry/api`. */
interface OpenTelemetryApi {
  readonly trace: { getTracer(name: string): OpenTelemetryTracer };
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

/** Gives a tracer if an OpenTelemetry SDK is registered. Otherwise the API is not even imported. */
export async function createTracer(): Promise<Tracer | undefined> {
  const registered = (globalThis as Record<symbol, { trace?: unknown } | undefined>)[registrations];
  const api = registered?.trace ? await importApi() : undefined;
  if (!api) return undefined;

  const tracer = api.trace.getTracer("@phasewise/runtime");
  const trace: Tracer["trace"] = (name, attributes, work) =>
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
    });
  return {
    trace,
    traceHook: ({ id, version }, hook, work) =>
      trace(
        `phasewise.module.${hook.replace(" ", "_")}`,
        { "phasewise.module.id": id, "phasewise.module.version": version, "phasewise.hook": hook },
        work,
      ),
  };
}

/** The package is an optional peer: its name stands in a variable so that no compiler or bundler asks for it. */
async function importApi(): Promise<OpenTelemetryApi | undefined> {
  const name = "@opentelemetry/api";
  try {
    return (await import(name)) as OpenTelemetryApi;
  } catch {
    return undefined;
  }
}
