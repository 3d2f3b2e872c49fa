import { defineModule } from "@phasewise/runtime";
import { BillingService } from "./billing-service.js";
import { MailSenderService } from "./mail-sender-service.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    billing: BillingService;
    "billing.mail-sender": MailSenderService;
  }
}

export default defineModule({
  id: "billing",
  version: "1.0.0",

  async initialize(context) {
    context.registerService("billing", new BillingService());
    context.registerService("billing.mail-sender", new MailSenderService());
  },

  async setupModule(context) {
    const billingReady = await context.getService("billing").initialize(context);
    if (!billingReady.success) return billingReady;
    return context.getService("billing.mail-sender").initialize(context);
  },
});
