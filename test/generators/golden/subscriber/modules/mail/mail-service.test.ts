import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import mailModule from "./module.js";
import { MailService } from "./mail-service.js";

describe("MailService", () => {
  it("counts the names that are added", async () => {
    await using application = await testApplication({ modules: [mailModule] });
    const mail = application.getService("mail");

    expect(expectSuccess(await mail.add("first"))).toBe(1);
    expect(expectSuccess(await mail.add("second"))).toBe(2);
  });

  it("refuses a blank name, and one that is there already", async () => {
    await using application = await testApplication({ modules: [mailModule] });
    const mail = application.getService("mail");

    expectFailure(await mail.add("  "), "EMPTY_NAME");
    expectSuccess(await mail.add("first"));
    expectFailure(await mail.add("first"), "DUPLICATE_NAME");
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new MailService().add("first"), "NOT_INITIALIZED");
  });
});
