import { testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "./module.js";
import { billingSettings } from "./billing-settings.js";

describe("billingSettings", () => {
  it("has a default for everything", async () => {
    const outcome = await billingSettings["~standard"].validate({ maxItems: 7 });
    expect(outcome).toEqual({ value: { timeoutMs: 5_000, maxItems: 7 } });
  });

  it("lets the module boot", async () => {
    const settings = { billing: { timeoutMs: 250 } };
    await using application = await testApplication({ modules: [billingModule], settings });
    expect(application.report.status).toBe("running");
  });

  it("ends the boot when a setting is not valid", async () => {
    const settings = { billing: { timeoutMs: -1 } };
    const booting = testApplication({ modules: [billingModule], settings });
    await expect(booting).rejects.toThrow("timeoutMs: must be a number above 0");
  });
});
