import { defineModule } from "@phasewise/runtime";
import { BillingService } from "./billing-service.js";
import { billingSettings } from "./billing-settings.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    billing: BillingService;
  }
}

export default defineModule({
  id: "billing",
  version: "1.0.0",

  async initialize(context) {
    context.registerService("billing", new BillingService());
    context.registerSettings(billingSettings);
  },

  async setupModule(context) {
    await context.getSettings(billingSettings);
    return context.getService("billing").initialize(context);
  },
});
