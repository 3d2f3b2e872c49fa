import { defineModule } from "@phasewise/runtime";
import { testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import type { InvoicePaid } from "./invoice-paid-event.js";
import billingModule from "./module.js";

const data: InvoicePaid = { id: "first" };

const publisher = defineModule({
  id: "publisher",
  version: "1.0.0",
  dependencies: ["billing"],

  async start(context) {
    context.publishAndForget("billing.invoice-paid", data);
  },
});

describe("billing.invoice-paid", () => {
  it("reaches who waits for it, with its data", async () => {
    await using application = await testApplication({ modules: [billingModule, publisher] });

    const event = await application.events.next("billing.invoice-paid");
    expect(event.data).toEqual(data);
  });
});
