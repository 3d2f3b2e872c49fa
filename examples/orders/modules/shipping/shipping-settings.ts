import { z } from "zod";

export const shippingSettings = z.object({
  /** Who ships, as the shipments name it. */
  name: z.string().min(1).default(`shipping-${process.pid}`),
  /** How many orders are shipped at the same time. */
  concurrency: z.number().int().positive().default(8),
  /** After how long without a sign of life of a process another one ships its orders, in milliseconds. */
  ackTimeoutMs: z.number().int().positive().default(10_000),
});

export type ShippingSettings = z.infer<typeof shippingSettings>;
