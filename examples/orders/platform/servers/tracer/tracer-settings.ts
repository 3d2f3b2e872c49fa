import { z } from "zod";

export const tracerSettings = z.object({
  /** Where the collector listens, for OTLP over HTTP. */
  url: z.url().default("http://127.0.0.1:4318"),
  /** Sent with every request, such as the key of a provider. */
  headers: z.record(z.string(), z.string()).default({}),
  /** What spans are said to come from. */
  serviceName: z.string().min(1).default("application"),
  /** How many of all traces are recorded: 1 is all, 0 is none. */
  sampleRatio: z.number().min(0).max(1).default(1),
  /** How many spans wait to be sent at most. More are dropped, so that memory stays bounded while the collector is away. */
  maxWaitingSpans: z.number().int().min(512).default(2_048),
  /** How long to collect spans before they are sent, in milliseconds. */
  everyMs: z.number().int().positive().default(5_000),
  /** How long sending may take, also in the end, when the module stops; in milliseconds. */
  timeoutMs: z.number().int().positive().default(5_000),
});

export type TracerSettings = z.infer<typeof tracerSettings>;
