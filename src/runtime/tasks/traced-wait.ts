import { isTracing, type SpanAttributes, traced } from "./tracing.js";

/** Settles like the waiting, which has begun already, and shows it as a span if an SDK is registered. */
export function tracedWait<T>(name: string, attributes: SpanAttributes, waiting: Promise<T>): Promise<T> {
  if (!isTracing()) return waiting;
  // It may reject before the tracer is there.
  waiting.catch(() => {});
  return traced(name, attributes, () => waiting);
}
