import { describe, expect, it } from "vitest";
import { newRuleName } from "../../../src/generators/questions/rule-name.js";

const { check } = newRuleName();

describe("the name of a new rule", () => {
  it.each(["no-sync-io", "require-timeout", "prefer-async-await"])("may be %s", (name) => {
    expect(check(name)).toBeUndefined();
  });

  it.each([
    ["sync-io", 'it must begin with "no-", "require-" or "prefer-"'],
    ["no", "it must begin with"],
    ["nothing-sync", "it must begin with"],
    ["have-no-fun", "it must begin with"],
    ["no-syncIo", "lower-case words"],
    ["phasewise/no-sync-io", "lower-case words"],
  ])("may not be %j", (name, reason) => {
    expect(check(name)).toContain(`${JSON.stringify(name)} is not the name of a rule: `);
    expect(check(name)).toContain(reason);
  });
});
