import type { TSESTree } from "@typescript-eslint/utils";
import { defineRule } from "../../define-rule.js";
import { type PublicMethod, getMemberName, isPublicMethod } from "../../syntax/class-member.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { findClassSymbol, isServiceClass } from "../../type-queries/service-class.js";
import { findReturnTypes } from "../../type-queries/return-type.js";
import { isPromiseOfResult } from "../../type-queries/result-type.js";

/**
 * Reports public methods of a service that do not return `Promise<Result<…>>`, by their declared or inferred type.
 * A caller can then rely on one way to see a failure. Accessors, static methods and methods named by a symbol are left
 * out; a type that does not resolve is not judged.
 */
export default defineRule({
  name: "results/require-result-return",
  meta: {
    type: "problem",
    description: "Require public service methods to return `Promise<Result<…>>`",
    messages: {
      noResult:
        "`{{method}}` returns `{{type}}`. A public service method returns `Promise<Result<…>>`: " +
        "make it async and return `Result.success(…)` or `Result.error(code, message)`.",
    },
    schema: [],
  },
  create(context) {
    const classes: ClassNode[] = [];
    return {
      "ClassDeclaration, ClassExpression"(node: ClassNode) {
        if (node.superClass) classes.push(node);
      },
      "Program:exit"() {
        const file = classes.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        for (const node of classes.filter((candidate) => isService(candidate, file))) {
          for (const overloads of getPublicMethods(node)) {
            const found = findWithoutResult(overloads, file);
            if (!found) continue;
            const method = [node.id?.name, getMemberName(found.overload)].filter(Boolean).join(".");
            context.report({ node: found.overload.key, messageId: "noResult", data: { method, type: found.type } });
          }
        }
      },
    };
  },
});

type Overloads = readonly [PublicMethod, ...PublicMethod[]];

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

function isService(node: ClassNode, file: CheckedFile): boolean {
  const symbol = findClassSymbol(node, file);
  return symbol !== undefined && isServiceClass(symbol, file.project);
}

/** The public methods, each with all its overloads. */
function getPublicMethods({ body }: ClassNode): Overloads[] {
  const byName = new Map<string | undefined, Overloads>();
  for (const method of body.body.filter(isPublicMethod)) {
    const name = getMemberName(method);
    byName.set(name, [...(byName.get(name) ?? []), method] as Overloads);
  }
  return [...byName.values()];
}

/** The first overload that returns no Result, and what it returns, as TypeScript prints it. */
function findWithoutResult(overloads: Overloads, file: CheckedFile) {
  const types = findReturnTypes(overloads[0], file);
  const index = types.findIndex((type) => type && !isPromiseOfResult(type, file.project));
  const type = types[index];
  return type && { overload: overloads[index] ?? overloads[0], type: file.project.checker.typeToString(type) };
}
