import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "./module.js";
import { BillingService } from "./billing-service.js";

describe("payInvoice of billing", () => {
  it("answers the id", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    const billing = application.getService("billing");

    expect(expectSuccess(await billing.payInvoice("first"))).toBe("first");
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new BillingService().payInvoice("first"), "NOT_INITIALIZED");
  });

  it.each(["NOT_FOUND", "PAID_ALREADY"] as const)("answers %s", async (code) => {
    await using application = await testApplication({ modules: [billingModule] });

    expectFailure(await application.getService("billing").payInvoice(code), code);
  });

  it("publishes billing.invoice-paid", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    expectSuccess(await application.getService("billing").payInvoice("first"));

    const event = await application.events.next("billing.invoice-paid");
    expect(event.data).toEqual({ id: "first" });
  });
});
