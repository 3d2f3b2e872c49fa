import { z } from "zod";

/** The settings of the settings. */
export const settingsSettings = z.object({
  /** The folder with a JSON file for each name, relative to the working directory. */
  folder: z.string().min(1).default("data/settings"),
  /** How long a call may take that does not say so itself, in milliseconds. */
  timeoutMs: z.number().int().positive().default(2_000),
});

export type SettingsSettings = z.infer<typeof settingsSettings>;
