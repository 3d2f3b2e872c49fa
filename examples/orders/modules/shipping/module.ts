import { defineModule, Result } from "@phasewise/runtime";
import { ShippingService } from "./shipping-service.js";
import { shippingSettings } from "./shipping-settings.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    shipping: ShippingService;
  }
}

export default defineModule({
  id: "shipping",
  version: "1.0.0",
  dependencies: ["core.database", "core.pub-sub", "core.tracer", "orders"],

  async initialize(context) {
    context.registerSettings(shippingSettings);
    context.registerService("shipping", new ShippingService());
  },

  async setupModule(context) {
    return context.getService("shipping").initialize(context, await context.getSettings(shippingSettings));
  },

  async start(context) {
    const shipping = context.getService("shipping");
    const subscribed = await shipping.shipPlaced();
    if (!subscribed.success) return subscribed;
    // Messages begin with the first subscription: what was placed before it has none.
    context.background("ship-pending", (signal) => shipping.shipPending({ signal }));
    return Result.success(undefined);
  },
});
