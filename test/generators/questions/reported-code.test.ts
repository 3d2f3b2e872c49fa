import { describe, expect, it } from "vitest";
import { reportedCode } from "../../../src/generators/questions/reported-code.js";

const { check } = reportedCode();

describe("what a rule reports", () => {
  it.each(["a", "calls of `exit()`, and of others", "a".repeat(90), "promises (`Promise<…>`)"])("may be %j", (text) => {
    expect(check(text)).toBeUndefined();
  });

  it.each([
    [" ", "it is empty"],
    ["a".repeat(91), "it is 91 characters long, and 90 is the limit"],
    [`a "quoted" word`, 'it may have no "'],
    ["a\\b", 'it may have no "'],
    ["a | b", 'it may have no "'],
    ["a */ b", 'it may have no "'],
    ["a\nb", "no line ends"],
    ["promises.", "nor end with a full stop"],
    [" promises", "may not begin or end with a space"],
    ["promises ", "may not begin or end with a space"],
  ])("may not be %j", (text, reason) => {
    expect(check(text)).toContain(`${JSON.stringify(text)} does not say what the rule reports: `);
    expect(check(text)).toContain(reason);
  });
});
