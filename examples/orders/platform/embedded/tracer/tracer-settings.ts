import { z } from "zod";

export const tracerSettings = z.object({
  /** The level of the log lines that spans become. */
  level: z.enum(["debug", "info"]).default("info"),
  /** How long a call may take, in milliseconds. */
  timeoutMs: z.number().int().positive().default(2_000),
});

export type TracerSettings = z.infer<typeof tracerSettings>;
