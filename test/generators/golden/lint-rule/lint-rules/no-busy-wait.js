/**
 * Reports loops that wait until a variable has changed.
 * For example, it reports `while` loops that do nothing: put what this rule is for in their place.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export default {
  meta: {
    type: "problem",
    docs: {
      description: "Report loops that wait until a variable has changed",
      url: new URL("./no-busy-wait.md", import.meta.url).href,
    },
    messages: {
      found: "This loop does nothing but wait. Await what it waits for.",
    },
    schema: [],
  },
  create(context) {
    return {
      WhileStatement(node) {
        if (node.body.type !== "BlockStatement" || node.body.body.length > 0) return;
        context.report({ node, messageId: "found" });
      },
    };
  },
};
