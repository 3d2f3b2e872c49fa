import type { TSESTree } from "@typescript-eslint/utils";
import { defineRule } from "../../define-rule.js";
import { type Overloads, getMemberName, getPublicMethods, getQualifiedName } from "../../syntax/class-member.js";
import { isWrittenAsPromiseOfResult } from "../../syntax/written-result.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { type ClassNode, findServices } from "../../type-queries/find-services.js";
import { isSynchronousByContract } from "../../type-queries/outside-contract.js";
import { findReturnTypes } from "../../type-queries/return-type.js";
import { isPromiseOfResult } from "../../type-queries/result-type.js";

/**
 * Reports public methods of a service that do not return `Promise<Result<…>>`, by their declared or inferred type.
 * A caller can then rely on one way to see a failure. Accessors, static methods, methods named by a symbol, and what the
 * language or an installed interface calls (`toJSON`) are left out; a type that does not resolve is not judged.
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
    const saysSo = ({ value }: Overloads[number]): boolean =>
      value !== null && "returnType" in value && isWrittenAsPromiseOfResult(value.returnType, context.sourceCode);
    return {
      "ClassDeclaration, ClassExpression"(node: ClassNode) {
        if (node.superClass) classes.push(node);
      },
      "Program:exit"() {
        const file = classes.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        for (const node of findServices(classes, file)) {
          for (const overloads of getPublicMethods(node)) {
            if (overloads.every(saysSo)) continue;
            if (isSynchronousByContract(getMemberName(overloads[0]) ?? "", node, file)) continue;
            const found = findWithoutResult(overloads, file);
            if (!found) continue;
            const data = { method: getQualifiedName(found.overload), type: found.type };
            context.report({ node: found.overload.key, messageId: "noResult", data });
          }
        }
      },
    };
  },
});

/** The first overload that returns no Result, and what it returns, as TypeScript prints it. */
function findWithoutResult(overloads: Overloads, file: CheckedFile) {
  const types = findReturnTypes(overloads[0], file);
  const index = types.findIndex((type) => type && !isPromiseOfResult(type, file.project));
  const type = types[index];
  return type && { overload: overloads[index] ?? overloads[0], type: file.project.checker.typeToString(type) };
}
