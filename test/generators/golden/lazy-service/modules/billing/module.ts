import { defineModule } from "@phasewise/runtime";
import { BillingService } from "./billing-service.js";
import { PdfRendererService } from "./pdf-renderer-service.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    billing: BillingService;
    "billing.pdf-renderer": PdfRendererService;
  }
}

export default defineModule({
  id: "billing",
  version: "1.0.0",

  async initialize(context) {
    context.registerService("billing", new BillingService());
    context.registerLazyService("billing.pdf-renderer", () => new PdfRendererService());
  },

  async setupModule(context) {
    return context.getService("billing").initialize(context);
  },
});
