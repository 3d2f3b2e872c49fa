import { z } from "zod";

export const featureFlagsSettings = z.object({
  /** Where the flags are. While there is no such file, there are no flags. */
  file: z.string().min(1).default("settings/feature-flags.json"),
  /** How often to look whether the file has changed, in milliseconds. */
  everyMs: z.number().int().positive().default(2_000),
  /** How long a call may take, in milliseconds. */
  timeoutMs: z.number().int().positive().default(2_000),
});

export type FeatureFlagsSettings = z.infer<typeof featureFlagsSettings>;
