import { z } from "zod";

export const ordersSettings = z.object({
  /** The folder of the migrations. */
  migrationsDirectory: z.string().min(1).default("migrations"),
  /** How long an order that was shipped may stay in the cache, in milliseconds. */
  cacheTtlMs: z.number().int().positive().default(600_000),
  /** The pause between two looks into an empty outbox, in milliseconds. */
  relayPauseMs: z.number().int().positive().default(100),
});

export type OrdersSettings = z.infer<typeof ordersSettings>;
