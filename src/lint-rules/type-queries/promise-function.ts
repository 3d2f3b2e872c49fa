import type { TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isFunctionNode, isNoFunction, isNoPromise } from "../syntax/function-value.js";
import { isPlainTypeNode } from "../syntax/plain-type.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { isSometimesAwaitable } from "./awaitable.js";
import { returnsAwaitable } from "./void-function.js";

/** The expressions after `return`, by the function they stand in. */
export type ReturnedExpressions = ReadonlyMap<FunctionNode, readonly TSESTree.Expression[]>;

/**
 * Which of the values are functions that may give a promise? Most callbacks are written out where they are handed over,
 * each with a type of its own: what they return tells with one question what their type tells with three.
 */
export function findPromiseFunctions<Value extends TSESTree.Node>(
  values: readonly Value[],
  returned: ReturnedExpressions,
  file: CheckedFile,
): Set<Value> {
  const found = new Set<Value>();
  const functions: Value[] = [];
  const probes: { readonly value: Value; readonly node: TSESTree.Node }[] = [];
  for (const value of new Set(values)) {
    if (isNoFunction(value)) continue;
    const written = findWrittenFunction(value);
    const body = written && getReturned(written, returned);
    if (body === "promise") found.add(value);
    else if (body === "unknown") functions.push(value);
    else for (const node of body ?? [value]) probes.push({ value, node });
  }
  const types = file.getTypes(probes.map(({ node }) => node));
  for (const [index, { value, node }] of probes.entries()) {
    const type = types[index];
    if (!type) continue;
    if (node !== value && isSometimesAwaitable(type, file.project)) functions.push(value);
    if (node === value && returnsAwaitable(type, file.project)) found.add(value);
  }
  for (const [index, type] of file.getTypes(functions).entries()) {
    const value = functions[index];
    if (type && value && returnsAwaitable(type, file.project)) found.add(value);
  }
  return found;
}

/** The function itself, or that of the method whose key stands for it. */
function findWrittenFunction(value: TSESTree.Node): FunctionNode | undefined {
  if (isFunctionNode(value)) return value;
  const { parent } = value;
  const isMethod = parent?.type === "Property" && parent.method && parent.key === value;
  return isMethod && isFunctionNode(parent.value) ? parent.value : undefined;
}

/** What a function returns, as far as it may be a promise; `"unknown"` where its type has to tell. */
function getReturned(
  node: FunctionNode,
  returned: ReturnedExpressions,
): readonly TSESTree.Expression[] | "promise" | "unknown" {
  if (node.generator) return [];
  if (node.returnType && isPlainTypeNode(node.returnType.typeAnnotation)) return [];
  if (node.async) return "promise";
  if (node.returnType) return "unknown";
  const expressions = node.body.type === "BlockStatement" ? (returned.get(node) ?? []) : [node.body];
  return expressions.filter((expression) => !isNoPromise(expression));
}
