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
  return findRegistrations()?.trace !== undefined;
}

/** Is an OpenTelemetry SDK registered that takes measurements? Costs next to nothing. */
export function isMetering(): boolean {
  return findRegistrations()?.metrics !== undefined;
}

function findRegistrations(): { readonly trace?: object; readonly metrics?: object } | undefined {
  return (globalThis as Record<symbol, { trace?: object; metrics?: object } | undefined>)[registrations];
}

/** The tracer of each SDK that was registered: an import costs more than a span, also the second time. */
const tracers = new WeakMap<object, Promise<Tracer | undefined>>();

/** Settles like the work, which runs inside a span if an SDK is registered. */
export async function traced<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T> {
  const registered = findRegistrations()?.trace;
  if (registered === undefined) return work();
  const tracer = await (tracers.get(registered) ?? openTracer(registered));
  return tracer ? tracer.trace(name, attributes, work) : work();
}

function openTracer(registered: object): Promise<Tracer | undefined> {
  const opening = import("./tracer.js").then(({ createTracer }) => createTracer());
  tracers.set(registered, opening);
  return opening;
}
