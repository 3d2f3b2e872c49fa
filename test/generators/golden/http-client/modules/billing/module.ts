import { defineModule } from "@phasewise/runtime";
import { BillingService } from "./billing-service.js";
import { RatesService } from "./rates-service.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    billing: BillingService;
    "billing.rates": RatesService;
  }
}

export default defineModule({
  id: "billing",
  version: "1.0.0",

  async initialize(context) {
    context.registerService("billing", new BillingService());
    context.registerService("billing.rates", new RatesService());
  },

  async setupModule(context) {
    const billingReady = await context.getService("billing").initialize(context);
    if (!billingReady.success) return billingReady;
    return context.getService("billing.rates").initialize(context);
  },
});
