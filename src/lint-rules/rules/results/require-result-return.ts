import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { resultType, runtimePackage } from "../../runtime-vocabulary.js";
import { hasBody } from "../../syntax/async-method.js";
import {
  type Overloads,
  type PublicMethod,
  getMemberName,
  getPublicMethods,
  getQualifiedName,
} from "../../syntax/class-member.js";
import { findEnclosingFunction } from "../../syntax/enclosing-function.js";
import { importName, isImportOf } from "../../syntax/import-name.js";
import { findDeclaredPromise, findReturned, wrapInResult } from "../../syntax/wrap-in-result.js";
import { isWrittenAsPromiseOfResult } from "../../syntax/written-result.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { type Project, type Type, TypeFlags } from "../../type-checker/types.js";
import { type ClassNode, findServices } from "../../type-queries/find-services.js";
import { isSynchronousByContract } from "../../type-queries/outside-contract.js";
import { findPromisedType, getConstituents, isThenable } from "../../type-queries/promise.js";
import { findReturnTypes } from "../../type-queries/return-type.js";
import { isPromiseOfResult, isResult } from "../../type-queries/result-type.js";

type MessageId = "noResult" | "wrap";

/**
 * Reports public methods of a service that do not return `Promise<Result<…>>`, by their declared or inferred type.
 * A caller can then rely on one way to see a failure. Accessors, static methods, methods named by a symbol, and what the
 * language or an installed interface calls (`toJSON`) are left out; a type that does not resolve is not judged.
 */
export default defineRule<MessageId, []>({
  name: "results/require-result-return",
  meta: {
    type: "problem",
    description: "Require public service methods to return `Promise<Result<…>>`",
    hasSuggestions: true,
    messages: {
      noResult:
        "`{{method}}` returns `{{type}}`. A public service method returns `Promise<Result<…>>`: " +
        "make it async and return `Result.success(…)` or `Result.error(code, message)`.",
      wrap: "Return what it returns as a Success. Its callers have to ask for the data then.",
    },
    schema: [],
  },
  create(context) {
    const classes: ClassNode[] = [];
    const saysSo = ({ value }: Overloads[number]): boolean =>
      value !== null && "returnType" in value && isWrittenAsPromiseOfResult(value.returnType, context.sourceCode);
    const returns: TSESTree.ReturnStatement[] = [];
    return {
      ReturnStatement: (node) => void returns.push(node),
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
            const fix = overloads.length === 1 ? createFix(found.overload, returns, file, context) : undefined;
            const data = { method: getQualifiedName(found.overload), type: found.type };
            const suggest = fix ? [{ messageId: "wrap" as const, fix }] : [];
            context.report({ node: found.overload.key, messageId: "noResult", data, suggest });
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

/** Wraps the type and what is returned, where that is no Result in any case and the method is async already. */
function createFix(
  method: PublicMethod,
  returns: readonly TSESTree.ReturnStatement[],
  file: CheckedFile,
  { sourceCode }: RuleContext<MessageId, []>,
) {
  const isAsync = !hasBody(method) || (method.value.async && !method.value.generator);
  const own = hasBody(method) ? returns.filter((statement) => findEnclosingFunction(statement) === method.value) : [];
  const [returned, declared] = [findReturned(method, own), findDeclaredPromise(method)];
  const near = sourceCode.ast.body.find(
    (node) => node.type === "ImportDeclaration" && isImportOf(runtimePackage, node),
  );
  if (!isAsync || !returned || !declared || near?.type !== "ImportDeclaration") return undefined;
  const types = file.getTypes([...returned.values, ...(declared === "none" ? [] : [declared])]);
  if (types.some((type) => !type || mayBeResult(type, file.project))) return undefined;
  const promises = declared === "none" ? undefined : types.at(-1);
  if (promises && !(promises.flags & mayBeNothing) && (returned.open || returned.empty.length > 0)) return undefined;
  const promised = new Set(returned.values.filter((_value, index) => isPromised(types[index], file.project)));
  const name = importName(resultType, runtimePackage, method, near, sourceCode);
  const wrap = name && wrapInResult(returned, declared, promised, name.code, sourceCode);
  return wrap && ((fixer: TSESLint.RuleFixer) => [...name.edit(fixer), ...wrap(fixer)]);
}

const mayBeNothing = TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Undefined | TypeFlags.Void;

function mayBeResult(type: Type, project: Project): boolean {
  return getConstituents(type)
    .flatMap((member) => getConstituents(findPromisedType(member, project) ?? member))
    .some((member) => isResult(member, project));
}

/** What may be a promise is awaited, so that none becomes the data. */
function isPromised(type: Type | undefined, project: Project): boolean {
  return (
    type !== undefined &&
    getConstituents(type).some((member) => (member.flags & TypeFlags.Any) !== 0 || isThenable(member, project))
  );
}
