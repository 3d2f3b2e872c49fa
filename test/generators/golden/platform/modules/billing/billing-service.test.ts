import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "./module.js";
import { BillingService } from "./billing-service.js";

describe("BillingService", () => {
  it("counts the names that are added", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    const billing = application.getService("billing");

    expect(expectSuccess(await billing.add("first"))).toBe(1);
    expect(expectSuccess(await billing.add("second"))).toBe(2);
  });

  it("refuses a blank name, and one that is there already", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    const billing = application.getService("billing");

    expectFailure(await billing.add("  "), "EMPTY_NAME");
    expectSuccess(await billing.add("first"));
    expectFailure(await billing.add("first"), "DUPLICATE_NAME");
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new BillingService().add("first"), "NOT_INITIALIZED");
  });
});
