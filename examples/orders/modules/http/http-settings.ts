import { z } from "zod";

export const httpSettings = z.object({
  host: z.string().min(1).default("127.0.0.1"),
  /** 0 for any that is free. */
  port: z.number().int().min(0).max(65_535).default(3_000),
});

export type HttpSettings = z.infer<typeof httpSettings>;
