/** Values that a span carries, by name. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A span that work runs in. One of its methods ends it. */
export interface RunningSpan {
  end(): void;
  /** Records what was thrown, and ends it. */
  fail(thrown: unknown): void;
}

/** Makes OpenTelemetry spans. */
export interface Tracer {
  /**
   * Runs the work inside a span, which is the parent of every span that the work makes. It ends when the work settles,
   * and records what the work rejects with. Settles like the work.
   */
  trace<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;

  /** `trace` for work that ends the span itself. */
  withSpan<T>(name: string, attributes: SpanAttributes, work: (span: RunningSpan) => Promise<T>): Promise<T>;
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

/** The tracer of an SDK that was registered: an import costs more than a span, also the second time. */
class TracerSource {
  /** There once the first span has waited for it; `null` when there is none. */
  tracer: Tracer | null | undefined;
  readonly opening: Promise<Tracer | null>;

  constructor() {
    this.opening = this.#open();
  }

  async #open(): Promise<Tracer | null> {
    const { createTracer } = await import("./tracer.js");
    return (this.tracer = (await createTracer()) ?? null);
  }
}

const sources = new WeakMap<object, TracerSource>();

/** Settles like the work, which runs inside a span if an SDK is registered. */
export function traced<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T> {
  return withTracer((tracer) => (tracer ? tracer.trace(name, attributes, work) : work()));
}

/** `traced` for work that ends the span itself. */
export function withSpan<T>(
  name: string,
  attributes: SpanAttributes,
  work: (span: RunningSpan) => Promise<T>,
): Promise<T> {
  return withTracer((tracer) => (tracer ? tracer.withSpan(name, attributes, work) : work(noSpan)));
}

/** The span of work that nobody traces. */
const noSpan: RunningSpan = { end() {}, fail() {} };

/** Waits for the tracer once; after that the work begins at once. */
function withTracer<T>(work: (tracer: Tracer | null) => Promise<T>): Promise<T> {
  const registered = findRegistrations()?.trace;
  if (registered === undefined) return work(null);
  let source = sources.get(registered);
  if (!source) sources.set(registered, (source = new TracerSource()));
  return source.tracer === undefined ? source.opening.then(work) : work(source.tracer);
}
