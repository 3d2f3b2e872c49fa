import { z } from "zod";

export const cacheSettings = z.object({
  /** Where the server is: redis://user:password@host:port/database, or rediss: for TLS. */
  url: z.url({ protocol: /^rediss?$/ }).default("redis://127.0.0.1:6379"),
  /** What the names of all keys begin with, so that applications can share a server. */
  prefix: z.string().default("cache:"),
  /** How long what is set without a time of its own is kept, in milliseconds; as long as the server likes by default. */
  ttlMs: z.number().int().positive().optional(),
  /** How long a call may take that does not say so itself, in milliseconds. */
  timeoutMs: z.number().int().positive().default(2_000),
});

export type CacheSettings = z.infer<typeof cacheSettings>;
