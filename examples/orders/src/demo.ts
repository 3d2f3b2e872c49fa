import { setTimeout as pause } from "node:timers/promises";
import type { Order } from "../modules/orders/order.js";

/** Places three orders over HTTP, and tells when they are shipped. */
export async function runDemo(address: string): Promise<void> {
  const placed = await Promise.all(["teapot", "kettle", "cup"].map((article) => place(address, article)));
  for (const { article, quantity } of placed) console.log(`accepted: ${quantity} × ${article}`);
  for (const order of placed) {
    const { article } = await waitUntilShipped(address, order);
    console.log(`shipped: ${article}`);
  }
}

async function place(address: string, article: string): Promise<Order> {
  const body = JSON.stringify({ customer: "ada", article, quantity: 2 });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${address}/orders`, {
    method: "POST",
    headers,
    body,
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The order was refused: ${await response.text()}`);
  return (await response.json()) as Order;
}

async function waitUntilShipped(address: string, { id }: Order): Promise<Order> {
  const signal = AbortSignal.timeout(20_000);
  while (true) {
    const response = await fetch(`${address}/orders/${id}`, { signal });
    const order = (await response.json()) as Order;
    if (order.shippedAt !== null) return order;
    await pause(50, undefined, { signal });
  }
}
