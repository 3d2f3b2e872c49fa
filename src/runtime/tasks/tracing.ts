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

/** The one place where all copies of the API keep what an SDK has registered with any of them. */
const registrations = Symbol.for("opentelemetry.js.api.1");

/** Is an OpenTelemetry SDK registered that records spans? Costs next to nothing. */
export function isTracing(): boolean {
  return (globalThis as Record<symbol, { trace?: unknown } | undefined>)[registrations]?.trace !== undefined;
}

/** Settles like the work, which runs inside a span if an SDK is registered. */
export async function traced<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T> {
  if (!isTracing()) return work();
  const { createTracer } = await import("./tracer.js");
  const tracer = await createTracer();
  return tracer ? tracer.trace(name, attributes, work) : work();
}
