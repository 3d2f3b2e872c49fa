import { context, propagation } from "@opentelemetry/api";

/** The trace that runs now, as W3C Trace Context writes it; nothing when nobody traces. */
export function writeTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Runs the work in the trace that was begun elsewhere. */
export function continueTrace<T>(traceparent: string | undefined, work: () => Promise<T>): Promise<T> {
  if (traceparent === undefined) return work();
  return context.with(propagation.extract(context.active(), { traceparent }), work);
}
