import { defineModule } from "@phasewise/runtime";
import { OrderService } from "./order-service.js";
import { ordersSettings } from "./orders-settings.js";
import { OutboxService } from "./outbox-service.js";
import { relayOutbox } from "./relay-outbox-job.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    orders: OrderService;
    "orders.outbox": OutboxService;
  }
}

export default defineModule({
  id: "orders",
  version: "1.0.0",
  dependencies: ["core.cache", "core.database", "core.pub-sub"],

  async initialize(context) {
    context.registerSettings(ordersSettings);
    context.registerService("orders.outbox", new OutboxService());
    context.registerService("orders", new OrderService());
  },

  async setupModule(context) {
    const settings = await context.getSettings(ordersSettings);
    const { signal } = context;
    const migrated = await context.getService("core.database").migrate(settings.migrationsDirectory, { signal });
    if (!migrated.success) return migrated;

    const outbox = await context.getService("orders.outbox").initialize(context);
    if (!outbox.success) return outbox;
    return context.getService("orders").initialize(context, settings);
  },

  async start(context) {
    context.background("relay-outbox", (signal) => relayOutbox(context, signal));
  },
});
