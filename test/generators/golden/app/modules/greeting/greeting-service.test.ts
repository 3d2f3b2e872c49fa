import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import greetingModule from "./module.js";
import { GreetingService } from "./greeting-service.js";

describe("GreetingService", () => {
  it("greets by name", async () => {
    await using application = await testApplication({ modules: [greetingModule] });
    const greeting = application.getService("greeting");

    expect(expectSuccess(await greeting.greet(" Ada "))).toBe("Hello, Ada!");
  });

  it("refuses a blank name", async () => {
    await using application = await testApplication({ modules: [greetingModule] });
    const greeting = application.getService("greeting");

    expectFailure(await greeting.greet("  "), "EMPTY_NAME");
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new GreetingService().greet("Ada"), "NOT_INITIALIZED");
  });
});
