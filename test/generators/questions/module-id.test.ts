import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newModuleId } from "../../../src/generators/questions/module-id.js";

const { check } = newModuleId();

describe("the id of a new module", () => {
  it.each(["orders", "core.database", "invoice-mailer", "a.b.c", "v2", "order-2-cash", "x".repeat(64)])(
    "may be %s",
    (id) => expect(check(id)).toBeUndefined(),
  );

  it.each([
    ["", "it is empty"],
    ["../x", "lower-case words"],
    ["/etc/orders", "lower-case words"],
    ["C:orders", "lower-case words"],
    ["orders\\mail", "lower-case words"],
    ["1abc", "starting with a letter"],
    ["Orders", "lower-case words"],
    ["or ders", "lower-case words"],
    ["orders\n", "lower-case words"],
    ["оrders", "lower-case words"],
    ["orders\u0000", "lower-case words"],
    ["orders-", "lower-case words"],
    ["or--ders", "lower-case words"],
    ["core..database", "joined by single dots"],
    [".core", "joined by single dots"],
    ["core.", "joined by single dots"],
    ["..", "joined by single dots"],
    ["class", "a reserved word"],
    ["core.default", "a reserved word"],
    ["constructor", "a reserved word"],
    ["con", "a device on Windows"],
    ["core.lpt1", "a device on Windows"],
    ["x".repeat(65), "64 is the limit"],
  ])("may not be %j, and the message says why and gives an example", (id, reason) => {
    expect(check(id)).toContain(`${JSON.stringify(id)} is not a module id: `);
    expect(check(id)).toContain(reason);
    expect(check(id)).toContain("Examples: orders, core.database.");
  });

  it("is never accepted with anything but words of a-z and 0-9, dots and hyphens", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (id) => check(id) !== undefined || /^[a-z][a-z0-9.-]{0,63}$/.test(id)),
      { numRuns: 10_000 },
    );
  });
});
