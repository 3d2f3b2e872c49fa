import type { TSESTree } from "@typescript-eslint/utils";
import { defineRule } from "../../define-rule.js";
import { openFile } from "../../type-checker/open-file.js";
import { isPromise } from "../../type-queries/promise.js";

/**
 * Reports loops that wait until a variable has changed.
 * For example, it reports variables named `example` that hold a promise: put what this rule is for in their place.
 */
export default defineRule<"found", []>({
  name: "tasks/no-busy-wait",
  meta: {
    type: "problem",
    description: "Report loops that wait until a variable has changed",
    messages: {
      found: "`{{variable}}` holds a promise. Await it.",
    },
    schema: [],
  },
  create(context) {
    const candidates: TSESTree.Identifier[] = [];
    return {
      VariableDeclarator({ id }) {
        if (id.type === "Identifier" && id.name === "example") candidates.push(id);
      },
      "Program:exit"() {
        const file = candidates.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        const types = file.getTypes(candidates);
        candidates.forEach((node, index) => {
          const type = types[index];
          if (!type || !isPromise(type, file.project)) return;
          context.report({ node, messageId: "found", data: { variable: node.name } });
        });
      },
    };
  },
});
