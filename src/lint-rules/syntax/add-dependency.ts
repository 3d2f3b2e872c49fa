import type { TSESLint } from "@typescript-eslint/utils";
import { dependencies } from "../runtime-vocabulary.js";
import {
  type Node,
  type ObjectLiteralExpression,
  isArrayLiteralExpression,
  isPropertyAssignment,
} from "../type-checker/ast.js";
import { skipWrappers } from "../type-checker/skip-wrappers.js";
import { findDefinitionProperty } from "./definition-property.js";

/**
 * Writes an id into a list of a module's definition, or the list itself; `undefined` where the list is not written out.
 * It replaces the text around the place, so that two of these at once are seen to be in conflict.
 */
export function addDependency(
  { object }: { readonly object: ObjectLiteralExpression },
  list: string,
  id: string,
): TSESLint.ReportFixFunction | undefined {
  const [named, version, required, listed] = ["id", "version", dependencies, list].map((name) =>
    findDefinitionProperty(object, name),
  );
  if (listed === "unknown") return undefined;
  const quote = /['"]/.exec(object.getText())?.[0] ?? '"';
  const element = `${quote}${id}${quote}`;
  if (listed) return addElement(listed, element);
  const anchor = [required, version, named].find((property) => property !== undefined && property !== "unknown");
  return anchor && addBehind(anchor as Node, `${list}: [${element}]`);
}

function addElement(property: Node, element: string): TSESLint.ReportFixFunction | undefined {
  const value = isPropertyAssignment(property) ? skipWrappers(property.initializer) : undefined;
  if (!value || !isArrayLiteralExpression(value)) return undefined;
  const last = value.elements.at(-1);
  if (last) return addBehind(last, element);
  const start = value.getStart();
  const isBlank = /^\[\s*\]$/.test(value.getText());
  if (isBlank) return (fixer) => fixer.replaceTextRange([start, value.end], `[${element}]`);
  return (fixer) => fixer.replaceTextRange([start, start + 1], `[${element} `);
}

/** Puts another element behind one of a list: on a line of its own, below the comment of the one before, where that has one. */
function addBehind(node: Node, addition: string): TSESLint.ReportFixFunction {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, start))?.[1];
  const before = text.slice(start, node.end);
  if (indent === undefined) return (fixer) => fixer.replaceTextRange([start, node.end], `${before}, ${addition}`);
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const comma = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*,/.exec(text.slice(node.end))?.[0] ?? "";
  const comment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/(?=[ \t]*[\r\n]))?/.exec(
    text.slice(node.end + comma.length),
  )?.[0];
  const end = node.end + comma.length + (comment?.trim() ? comment.length : 0);
  const after = text.slice(node.end + comma.length, end);
  const separator = comma === "" ? "," : comma;
  const trailing = comma === "" ? "" : ",";
  return (fixer) =>
    fixer.replaceTextRange([start, end], `${before}${separator}${after}${lineBreak}${indent}${addition}${trailing}`);
}
