import { z } from "zod";

/** What a customer sends. */
export const newOrder = z.object({
  customer: z.string().trim().min(1).max(100),
  article: z.string().trim().min(1).max(100),
  quantity: z.number().int().min(1).max(1_000),
});

export const orderId = z.uuid();

/** An order, as the world sees it. Once it is shipped, it never changes. */
export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly article: string;
  readonly quantity: number;
  readonly placedAt: string;
  readonly shippedAt: string | null;
}

/** An order, as the database has it. */
export interface OrderRow extends Omit<Order, "placedAt" | "shippedAt"> {
  readonly placedAt: Date;
  readonly shippedAt: Date | null;
}

/** The columns of an `OrderRow`. */
export const orderColumns = `id, customer, article, quantity, placed_at AS "placedAt", shipped_at AS "shippedAt"`;

export function toOrder(row: OrderRow): Order {
  return { ...row, placedAt: row.placedAt.toISOString(), shippedAt: row.shippedAt?.toISOString() ?? null };
}
