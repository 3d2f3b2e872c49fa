import { defineModule } from "@phasewise/runtime";
import { MailService } from "./mail-service.js";
import { sendReceipt } from "./send-receipt-subscriber.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    mail: MailService;
  }
}

export default defineModule({
  id: "mail",
  version: "1.0.0",
  dependencies: ["billing"],

  async initialize(context) {
    context.registerService("mail", new MailService());
    context.subscribe("billing.invoice-paid", sendReceipt);
  },

  async setupModule(context) {
    return context.getService("mail").initialize(context);
  },
});
