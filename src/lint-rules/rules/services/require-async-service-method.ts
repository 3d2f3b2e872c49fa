import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { type Overloads, getMemberName, getPublicMethods, getQualifiedName } from "../../syntax/class-member.js";
import { findEnclosingFunction } from "../../syntax/enclosing-function.js";
import {
  type MethodWithBody,
  canBecomeAsync,
  getDeclaredReturn,
  hasBody,
  makeMethodAsync,
} from "../../syntax/async-method.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { type Type, TypeFlags } from "../../type-checker/types.js";
import { type ClassNode, findServices } from "../../type-queries/find-services.js";
import { isSynchronousByContract } from "../../type-queries/outside-contract.js";
import { getConstituents, isBuiltInPromise, isThenable } from "../../type-queries/promise.js";
import { isAwaitableResult } from "../../type-queries/result-type.js";
import { findReturnTypes } from "../../type-queries/return-type.js";

type MessageId = "notAsync" | "notPromised" | "makeAsync";

/**
 * Reports public methods of a service without `async`, and abstract ones that promise nothing: they throw where others
 * reject, and cannot wait for anything later without a change of every caller. Accessors, static methods and what the
 * language or an installed interface calls (`toJSON`) are left out. A method that returns a promise already is fixed.
 */
export default defineRule<MessageId, []>({
  name: "services/require-async-service-method",
  meta: {
    type: "problem",
    description: "Require public service methods to be async",
    fixable: "code",
    hasSuggestions: true,
    messages: {
      notAsync:
        "`{{method}}` is not async: it throws at its caller where others reject, and can never wait for anything. " +
        "Make it async.",
      notPromised: "`{{method}}` returns `{{type}}`, so no class can make it async. Let it return a promise.",
      makeAsync: "Make it async. Its callers have to await it then.",
    },
    schema: [],
  },
  create(context) {
    const classes: ClassNode[] = [];
    const throwing = new Set<TSESTree.Node | undefined>();
    return {
      "ClassDeclaration, ClassExpression"(node: ClassNode) {
        if (node.superClass && getPublicMethods(node).some(isNotAsync)) classes.push(node);
      },
      ThrowStatement: (node) => void throwing.add(findEnclosingFunction(node)),
      "Program:exit"() {
        const file = classes.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        for (const service of findServices(classes, file)) {
          for (const overloads of getPublicMethods(service).filter(isNotAsync)) {
            if (isSynchronousByContract(getMemberName(overloads[0]) ?? "", service, file)) continue;
            const types = findReturnTypes(overloads[0], file);
            if (types.some((type) => !type || isAwaitableResult(type, file.project))) continue;
            const method = overloads.find(hasBody);
            if (method) reportMethod(method, types as Type[], throwing.has(method.value), file, context);
            else reportSignature(overloads, types as Type[], file, context);
          }
        }
      },
    };
  },
});

type Context = RuleContext<MessageId, []>;

function isNotAsync(overloads: Overloads): boolean {
  return !overloads.find(hasBody)?.value.async;
}

/** What it gives is a promise already: callers that await see no difference, unless it throws before it promises. */
function reportMethod(
  method: MethodWithBody,
  types: readonly Type[],
  isThrowing: boolean,
  file: CheckedFile,
  context: Context,
): void {
  const declared = getDeclaredReturn(method);
  const type = types.length === 1 ? types[0] : declared && file.findType(declared);
  const isPromised = type !== undefined && isBuiltInPromise(type, file.project);
  const canRepair = type !== undefined && canBecomeAsync(method) && (isPromised || promisesNothing(method, type, file));
  const fix: TSESLint.ReportFixFunction = (fixer) => makeMethodAsync(method, !isPromised, context.sourceCode, fixer);
  context.report({
    node: method.key,
    messageId: "notAsync",
    data: { method: getQualifiedName(method) },
    ...(canRepair && isPromised && !isThrowing && { fix }),
    ...(canRepair && (!isPromised || isThrowing) && { suggest: [{ messageId: "makeAsync", fix }] }),
  });
}

/** May the type be wrapped in a promise as it stands? That of a field is written down apart from its function. */
function promisesNothing(method: MethodWithBody, type: Type, file: CheckedFile): boolean {
  if (method.type === "PropertyDefinition" && method.typeAnnotation) return false;
  return getConstituents(type).every((member) => !isUnclear(member) && !isThenable(member, file.project));
}

function reportSignature(overloads: Overloads, types: readonly Type[], file: CheckedFile, context: Context): void {
  const { checker } = file.project;
  const index = types.findIndex((type) =>
    getConstituents(type).some((member) => !isUnclear(member) && !isThenable(member, file.project)),
  );
  const [overload, type] = [overloads[index], types[index]];
  if (!overload || !type) return;
  const data = { method: getQualifiedName(overload), type: checker.typeToString(type) };
  context.report({ node: overload.key, messageId: "notPromised", data });
}

function isUnclear(type: Type): boolean {
  return type.isTypeParameter() || (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) !== 0;
}
