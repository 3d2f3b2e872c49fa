import { z } from "zod";

export const featureFlagsSettings = z.object({
  /** How long a call may take, and the start of the provider, in milliseconds. */
  timeoutMs: z.number().int().positive().default(5_000),
});

export type FeatureFlagsSettings = z.infer<typeof featureFlagsSettings>;
