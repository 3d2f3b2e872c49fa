import { z } from "zod";

export const cacheSettings = z.object({
  /** How many values are kept; beyond that, those that were not used for longest are forgotten. */
  maxEntries: z.number().int().positive().default(10_000),
  /** How much text the values may have together, in characters of JSON. */
  maxCharacters: z.number().int().positive().default(50_000_000),
  /** How long what is set without a time of its own is kept, in milliseconds; as long as there is room by default. */
  ttlMs: z.number().int().positive().optional(),
  /** How long a call may take that does not say so itself, in milliseconds: that is, a computation. */
  timeoutMs: z.number().int().positive().default(10_000),
});

export type CacheSettings = z.infer<typeof cacheSettings>;
