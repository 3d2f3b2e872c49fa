import { defineModule } from "@phasewise/runtime";
import { BillingService } from "./billing-service.js";
import { refreshRates } from "./refresh-rates-job.js";

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
  },

  async setupModule(context) {
    return context.getService("billing").initialize(context);
  },

  async start(context) {
    context.background("refresh-rates", (signal) => refreshRates(context, signal));
  },
});
