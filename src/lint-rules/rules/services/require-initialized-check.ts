import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { ServiceState } from "../../call-graph/service-state.js";
import { printWay } from "../../call-graph/way.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import {
  initializationHook,
  initializedCheck,
  notInitialized,
  serviceInitialization,
} from "../../runtime-vocabulary.js";
import { getMemberName, getPublicMethods, getQualifiedName } from "../../syntax/class-member.js";
import { insertAtStart } from "../../syntax/insert-at-start.js";
import { getLocation } from "../../syntax/location.js";
import { type MethodWithBody, getDeclaredReturn, hasBody } from "../../syntax/async-method.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { type ClassNode, findServices } from "../../type-queries/find-services.js";
import { admitsFailure, isNamedResult, isPromiseOfResult } from "../../type-queries/result-type.js";
import { findReturnTypes } from "../../type-queries/return-type.js";
import { findClass } from "../../type-queries/service-class.js";

/**
 * Reports public methods of a service that use what `onInitialize` sets before they ask whether the service is
 * initialized, also by way of the class's helpers: called too early they crash, or answer from what is not there yet.
 * Whoever asks the field itself (`if (!this.#rates)`) is taken at his word. It follows `this`, not other names for it.
 */
export default defineRule<"unchecked", []>({
  name: "services/require-initialized-check",
  meta: {
    type: "problem",
    description: "Require public service methods to check that the service is initialized",
    fixable: "code",
    messages: {
      unchecked:
        `\`{{method}}\` uses \`{{path}}\`, which \`${initializationHook}\` sets, before it knows that the service is initialized. ` +
        `Begin it with \`const ready = this.${initializedCheck}(); if (!ready.success) return ready;\`.`,
    },
    schema: [],
  },
  create(context) {
    const classes: ClassNode[] = [];
    return {
      "ClassDeclaration, ClassExpression"(node: ClassNode) {
        if (node.superClass && getPublicMethods(node).length > 0) classes.push(node);
      },
      "Program:exit"() {
        const file = classes.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        for (const service of findServices(classes, file)) {
          const found = findClass(service, file);
          const state = found && new ServiceState(found, file.project);
          for (const method of getPublicMethods(service).flatMap((overloads) => overloads.find(hasBody) ?? [])) {
            const name = getMemberName(method) ?? "";
            const use = name === serviceInitialization ? undefined : state?.findUnchecked(name);
            if (!use) continue;
            context.report({
              loc: getLocation(use.node, context.sourceCode),
              messageId: "unchecked",
              data: { method: getQualifiedName(method), path: printWay(use.way) },
              way: use.way,
              fix: createFix(method, file, context),
            });
          }
        }
      },
    };
  },
});

/** The check as the first statement, where its Failure may be returned; the code is added to the type if it has others. */
function createFix(method: MethodWithBody, file: CheckedFile, { sourceCode }: RuleContext<"unchecked", []>) {
  const { async, body, generator } = method.value;
  const [type, ...others] = findReturnTypes(method, file);
  const isPlain = async && !generator && others.length === 0 && !method.decorators?.length;
  if (!isPlain || body.type !== "BlockStatement" || !type || !isPromiseOfResult(type, file.project)) return null;
  const declared = getDeclaredReturn(method);
  const isAdmitted = !declared || admitsFailure(type, notInitialized, file.project);
  const codes = isAdmitted ? undefined : findCodes(declared, file);
  const name = findFreeName(sourceCode.getText(method));
  if (!name || (!isAdmitted && !codes)) return null;
  const check = [`const ${name} = this.${initializedCheck}();`, `if (!${name}.success) return ${name};`];
  return (fixer: TSESLint.RuleFixer): TSESLint.RuleFix[] => [
    insertAtStart(body, check, sourceCode, fixer),
    ...(codes ? [fixer.insertTextAfter(codes, ` | "${notInitialized}"`)] : []),
  ];
}

/** The `"NOT_FOUND"` of `Promise<Result<Invoice, "NOT_FOUND">>`, where it is written out like this. */
function findCodes(declared: TSESTree.TypeNode, file: CheckedFile): TSESTree.TypeNode | undefined {
  const result = declared.type === "TSTypeReference" ? declared.typeArguments?.params[0] : undefined;
  const codes = result?.type === "TSTypeReference" ? result.typeArguments?.params[1] : undefined;
  const type = result && codes && joinable.has(codes.type) ? file.findType(result) : undefined;
  return type && isNamedResult(type, file.project) ? codes : undefined;
}

const joinable: ReadonlySet<string> = new Set(["TSLiteralType", "TSNeverKeyword", "TSTypeReference", "TSUnionType"]);

function findFreeName(code: string): string | undefined {
  return ["ready", "initialized", "readiness"].find((name) => !new RegExp(`\\b${name}\\b`).test(code));
}
