import { getCallGraph } from "../../call-graph/call-graph.js";
import { type LifecycleHook, findLifecycleHooks } from "../../call-graph/lifecycle-hooks.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { defineModule, serviceHooks, setupHookRegistration } from "../../runtime-vocabulary.js";
import { getLocation } from "../../syntax/location.js";
import { makeAsync } from "../../syntax/make-async.js";
import { SyntaxKind } from "../../type-checker/ast.js";
import { openFile } from "../../type-checker/open-file.js";
import type { Project } from "../../type-checker/types.js";
import { findReturnTypeWhenAsync } from "../../type-queries/return-type-when-async.js";

type MessageId = "notAsync" | "makeAsync";

/**
 * Reports lifecycle hooks that are not async functions: of modules and services, and setup hooks. What such a hook throws
 * leaves it before there is a promise, and nothing tells its reader that others wait for it. Hooks that another call
 * makes, those of packages, and generators are left out.
 */
export default defineRule<MessageId, []>({
  name: "modules/require-async-hook",
  meta: {
    type: "problem",
    description: "Require lifecycle hooks to be async functions",
    fixable: "code",
    hasSuggestions: true,
    messages: {
      notAsync:
        "{{hook}} is a lifecycle hook and not async: only an async function gives a promise whatever it throws. " +
        "Make it async.",
      makeAsync: "Make it async.",
    },
    schema: [],
  },
  create(context) {
    return {
      "Program:exit"() {
        const { text } = context.sourceCode;
        const file = words.some((word) => text.includes(word)) ? openFile(context) : undefined;
        if (!file) return;
        const reported = new Set<LifecycleHook["function"]>();
        for (const hook of findLifecycleHooks(file.sourceFile, getCallGraph(file.project))) {
          if (reported.has(hook.function) || isAsync(hook) || isGenerator(hook)) continue;
          reported.add(hook.function);
          report(hook, context, file.project);
        }
      },
    };
  },
});

/** A file without any of these has no hooks. */
const words = [defineModule, setupHookRegistration, ...serviceHooks];

function isAsync({ function: { modifiers } }: LifecycleHook): boolean {
  return modifiers?.some(({ kind }) => kind === SyntaxKind.AsyncKeyword) ?? false;
}

/** It gives an iterator, whatever is written before it: TypeScript refuses it. */
function isGenerator({ function: node }: LifecycleHook): boolean {
  return "asteriskToken" in node && node.asteriskToken !== undefined;
}

function report(hook: LifecycleHook, context: RuleContext<MessageId, []>, project: Project): void {
  const { name, place, isInline } = hook;
  const isHere = hook.function.getSourceFile() === place.getSourceFile();
  const returned = isHere ? findReturnTypeWhenAsync(hook.function, project) : undefined;
  const fix = returned && makeAsync(hook.function, returned === "wrapped");
  context.report({
    loc: getLocation(place, context.sourceCode),
    messageId: "notAsync",
    data: { hook: name },
    fix: isInline && fix ? fix : null,
    suggest: !isInline && fix ? [{ messageId: "makeAsync", fix }] : [],
  });
}
