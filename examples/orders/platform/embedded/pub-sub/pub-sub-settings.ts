import { z } from "zod";

export const pubSubSettings = z.object({
  /** The source of all events of this application. */
  source: z.string().min(1).default("/application"),
  /** How large a message may be, in bytes of its envelope. */
  maxBytes: z.number().int().positive().default(262_144),
  /** How many messages may wait for one group; beyond that, publishing gives UNAVAILABLE. */
  maxMessages: z.number().int().positive().default(10_000),
  /** How many dead letters of a topic are kept, the latest ones. */
  maxDeadLetters: z.number().int().positive().default(1_000),
  /** How long a call may take that does not say so itself, in milliseconds. */
  timeoutMs: z.number().int().positive().default(2_000),
  /** How long handlers may go on when the module stops, in milliseconds; their signal aborts then. */
  stopTimeoutMs: z.number().int().nonnegative().default(10_000),
});

export type PubSubSettings = z.infer<typeof pubSubSettings>;
