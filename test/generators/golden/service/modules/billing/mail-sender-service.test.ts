import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "./module.js";
import { MailSenderService } from "./mail-sender-service.js";

describe("MailSenderService", () => {
  it("counts the names that are added", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    const mailSender = application.getService("billing.mail-sender");

    expect(expectSuccess(await mailSender.add("first"))).toBe(1);
    expect(expectSuccess(await mailSender.add("second"))).toBe(2);
  });

  it("refuses a blank name, and one that is there already", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    const mailSender = application.getService("billing.mail-sender");

    expectFailure(await mailSender.add("  "), "EMPTY_NAME");
    expectSuccess(await mailSender.add("first"));
    expectFailure(await mailSender.add("first"), "DUPLICATE_NAME");
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new MailSenderService().add("first"), "NOT_INITIALIZED");
  });
});
