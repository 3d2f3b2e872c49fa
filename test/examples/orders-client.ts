import { expect, vi } from "vitest";

/** What the application says of an order. */
export interface Order {
  readonly id: string;
  readonly shippedAt: string | null;
}

const teapot = { customer: "ada", article: "teapot", quantity: 2 };

export function postOrder(address: string, order: unknown = teapot, headers: Record<string, string> = {}) {
  return fetch(`${address}/orders`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(20_000),
  });
}

/** Places an order, which has to be accepted. */
export async function placeOrder(address: string, headers?: Record<string, string>): Promise<Order> {
  const response = await postOrder(address, teapot, headers);
  expect(response.status).toBe(201);
  return (await response.json()) as Order;
}

/** Waits until the application says that the order is shipped. */
export async function expectShipped(address: string, { id }: Order): Promise<void> {
  await vi.waitFor(
    async () => {
      const response = await fetch(`${address}/orders/${id}`, { signal: AbortSignal.timeout(20_000) });
      expect(await response.json()).toMatchObject({ id, shippedAt: expect.any(String) as string });
    },
    { timeout: 20_000, interval: 50 },
  );
}
