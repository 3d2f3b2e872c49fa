import type { OrderService } from "../orders/order-service.js";
import type { ResultRoute } from "./result-route.js";

interface OrderPath {
  readonly id: string;
}

interface OrderQuery {
  readonly customer?: string;
}

/** What can be done with orders over HTTP. */
export function orderRoutes(orders: OrderService): readonly ResultRoute[] {
  return [
    { method: "POST", url: "/orders", successCode: 201, handle: ({ body }) => orders.place(body) },
    { method: "GET", url: "/orders/:id", handle: ({ params }) => orders.find((params as OrderPath).id) },
    { method: "GET", url: "/orders", handle: ({ query }) => orders.list((query as OrderQuery).customer ?? "") },
  ];
}
