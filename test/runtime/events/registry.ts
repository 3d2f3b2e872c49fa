declare module "@phasewise/runtime" {
  interface EventRegistry {
    "orders.placed": { orderId: string };
    "orders.item.packed": { item: number };
    "stock.low": { item: number };
  }
}

export {};
