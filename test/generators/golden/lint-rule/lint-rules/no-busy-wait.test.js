import { RuleTester } from "eslint";
import { describe, it } from "vitest";
import noBusyWait from "./no-busy-wait.js";

RuleTester.describe = describe;
RuleTester.it = it;

new RuleTester().run("no-busy-wait", noBusyWait, {
  valid: [
    { name: "accepts a loop that does something", code: "while (queue.length > 0) { queue.pop(); }" },
    { name: "accepts another statement with an empty block", code: "if (ready) {}" },
  ],
  invalid: [
    {
      name: "reports a loop that does nothing",
      code: "while (!ready) {}",
      errors: [{ messageId: "found", line: 1, column: 1 }],
    },
  ],
});
