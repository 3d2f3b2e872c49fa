import { testRule } from "../rule-tester.js";

testRule("no-busy-wait", [
  {
    name: "a promise, but no other value",
    invalid: `const «example» = Promise.resolve(1);`,
    errors: [{ messageId: "found", data: { variable: "example" } }],
    valid: `const example = await Promise.resolve(1);`,
  },
  {
    name: "a variable of this name, but no other one",
    invalid: `let «example» = Promise.resolve(1), other = 1;`,
    errors: [{ messageId: "found", data: { variable: "example" } }],
    valid: `let example = 1, other = Promise.resolve(1), { then } = other;`,
  },
]);
