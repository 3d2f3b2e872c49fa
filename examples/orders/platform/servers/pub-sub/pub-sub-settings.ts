import { z } from "zod";

export const pubSubSettings = z.object({
  /** Where the server is: nats://user:password@host:port, or tls: for TLS. It needs JetStream: nats-server -js. */
  url: z.url({ protocol: /^(?:nats|tls)$/ }).default("nats://127.0.0.1:4222"),
  /** What the names of all streams and subjects begin with; applications with the same prefix share their topics. */
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/)
    .default("pub-sub"),
  /** On how many servers of a cluster each message is stored. */
  replicas: z.number().int().min(1).max(5).default(1),
  /** The source of all events of this application. */
  source: z.string().min(1).default("/application"),
  /** How large a message may be, in bytes of its envelope; the server has a limit of its own, 1,048,576 by default. */
  maxBytes: z.number().int().positive().default(262_144),
  /** How many messages a topic keeps that some group has not handled; beyond that, publishing gives UNAVAILABLE. */
  maxMessages: z.number().int().positive().default(100_000),
  /** How many dead letters of a topic are kept, the latest ones. */
  maxDeadLetters: z.number().int().positive().default(1_000),
  /** How long a call may take that does not say so itself, in milliseconds. */
  timeoutMs: z.number().int().positive().default(2_000),
  /** How often the server is asked for a sign of life, in milliseconds; after two without an answer it counts as gone. */
  pingIntervalMs: z.number().int().positive().default(5_000),
  /** How long handlers may go on when the module stops, in milliseconds; their signal aborts then. */
  stopTimeoutMs: z.number().int().nonnegative().default(10_000),
});

export type PubSubSettings = z.infer<typeof pubSubSettings>;
