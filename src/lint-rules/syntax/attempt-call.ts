import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { runtimePackage, resultType } from "../runtime-vocabulary.js";
import { getCalledName } from "./acquisition.js";
import { findEnclosingFunction } from "./enclosing-function.js";
import { findVariable } from "./find-variable.js";

/**
 * `const text = await read(path);` → an attempt that gives a Result, the return of its Failure, and its data by the old
 * name. Nothing outside of a method's own statements, where `Result` is not imported, or where a comment stands between.
 */
export function attemptCall(
  { argument, parent }: TSESTree.AwaitExpression,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.ReportFixFunction | undefined {
  const declaration = parent.type === "VariableDeclarator" ? parent.parent : undefined;
  const statement = declaration ?? parent;
  if (statement.parent?.type !== "BlockStatement" || argument.type !== "CallExpression") return undefined;
  if (!/^(?:Method|Property)Definition$/.test(findEnclosingFunction(statement)?.parent.type ?? "")) return undefined;
  if (declaration ? declaration.declarations.length > 1 : statement.type !== "ExpressionStatement") return undefined;
  const [before, after] = [
    sourceCode.text.slice(statement.range[0], argument.range[0]),
    sourceCode.text.slice(argument.range[1], statement.range[1]),
  ];
  if (/\/[/*]/.test(before + after) || /\b(?:await|yield)\b/.test(sourceCode.getText(argument))) return undefined;
  const name = findFreeName(statement, sourceCode);
  if (name === undefined || !importsResult(statement, sourceCode)) return undefined;
  const newline = sourceCode.text.includes("\r\n") ? "\r\n" : "\n";
  const indent = /^\s*/.exec(sourceCode.lines[statement.loc.start.line - 1] ?? "")?.[0] ?? "";
  const rest = [
    ");",
    `if (!${name}.success) return ${name};`,
    ...(declaration ? [`${getHead(before)} ${name}.data;`] : []),
  ];
  return (fixer) => [
    fixer.replaceTextRange(
      [statement.range[0], argument.range[0]],
      `const ${name} = await ${resultType}.attempt("${getCode(argument)}", () => `,
    ),
    fixer.replaceTextRange([argument.range[1], statement.range[1]], rest.join(newline + indent)),
  ];
}

/** `const text: string =` */
function getHead(before: string): string {
  return before.replace(/[\s(]*\bawait[\s(]*$/, "");
}

/** The failure of `readFile(path)` is `READ_FILE_FAILED`. */
function getCode(call: TSESTree.CallExpression): string {
  const words = (getCalledName(call) ?? "call").replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return `${words.toUpperCase()}_FAILED`;
}

function findFreeName(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): string | undefined {
  const around = findEnclosingFunction(node);
  const code = around ? sourceCode.getText(around) : "";
  return ["attempt", "attempted", "outcome"].find((name) => !new RegExp(`(?<!\\.)\\b${name}\\b`).test(code));
}

function importsResult(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const definition = findVariable(resultType, node, sourceCode)?.defs[0];
  if (definition?.type !== "ImportBinding" || definition.parent.type !== "ImportDeclaration") return false;
  const isType = definition.node.type === "ImportSpecifier" && definition.node.importKind === "type";
  return definition.parent.source.value === runtimePackage && definition.parent.importKind !== "type" && !isType;
}
