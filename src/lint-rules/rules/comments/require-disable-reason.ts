import { defineRule } from "../../define-rule.js";
import { readDisableComment } from "../../syntax/disable-comment.js";

/**
 * Reports comments that silence rules of the plugin, by name or all at once, and do not say why: who reads the code later
 * cannot tell whether the comment is still needed. A comment that silences this rule too is seen by the gate alone.
 */
export default defineRule<"missing", []>({
  name: "comments/require-disable-reason",
  meta: {
    type: "suggestion",
    description: "Require comments that silence rules of the plugin to say why",
    messages: {
      missing: "This comment silences {{rules}} and does not say why. Add the reason: `{{directive}} -- …`.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        for (const { value, loc } of context.sourceCode.getAllComments()) {
          const comment = readDisableComment(value);
          if (!comment || comment.reason !== "") continue;
          const own = comment.rules.filter((rule) => rule.startsWith("phasewise/"));
          if (comment.rules.length > 0 && own.length === 0) continue;
          const rules = own.length === 0 ? "all rules" : own.map((rule) => `\`${rule}\``).join(", ");
          const directive = [comment.directive, comment.rules.join(", ")].join(" ").trim();
          context.report({ loc, messageId: "missing", data: { rules, directive } });
        }
      },
    };
  },
});
