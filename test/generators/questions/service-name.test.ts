import { describe, expect, it } from "vitest";
import { newServiceName } from "../../../src/generators/questions/service-name.js";

const { check } = newServiceName();

describe("the name of a new service", () => {
  it.each(["mailer", "invoice-mailer", "services-list"])("may be %s", (name) => expect(check(name)).toBeUndefined());

  it.each([
    ["mailer-service", 'leave out the ending "service"'],
    ["service", 'leave out the ending "service"'],
    ["core.mailer", "lower-case words"],
    ["../mailer", "lower-case words"],
    ["class", "a reserved word"],
  ])("may not be %j", (name, reason) => {
    expect(check(name)).toContain(`${JSON.stringify(name)} is not a service name: `);
    expect(check(name)).toContain(reason);
  });
});
