import { z } from "zod";

/** The settings of the settings. */
export const settingsSettings = z.object({
  /** How long a call may take that does not say so itself, in milliseconds. */
  timeoutMs: z.number().int().positive().default(5_000),
});

export type SettingsSettings = z.infer<typeof settingsSettings>;
