import { z } from "zod";

/** The settings of the database. */
export const databaseSettings = z.object({
  /** The folder that keeps the data, for one process at a time; without it, the data is gone with the process. */
  directory: z.string().min(1).optional(),
  /** How long a call may take that does not say so itself, in milliseconds. */
  timeoutMs: z.number().int().positive().default(30_000),
});

export type DatabaseSettings = z.infer<typeof databaseSettings>;
