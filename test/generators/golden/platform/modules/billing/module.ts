import { defineModule } from "@phasewise/runtime";
import { BillingService } from "./billing-service.js";

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
});
