import type { TSESTree } from "@typescript-eslint/utils";
import { getStaticPropertyName } from "./property-name.js";
import { skipWrappers } from "./skip-wrappers.js";

/** SQL that is sent, and the expression of what it is sent to: `this.#pool` of `this.#pool.query("…")`. */
export interface SqlCall {
  readonly receiver: TSESTree.Node;
  readonly text: string;
}

/** The SQL that a call sends, where its text is written out at the call: as a string, a template, or `{ text }`. */
export function findSqlCall(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): SqlCall | undefined {
  if (node.type === "TaggedTemplateExpression") {
    const tag = skipWrappers(node.tag);
    const receiver = tag.type === "MemberExpression" ? skipWrappers(tag.object) : tag;
    return { receiver, text: getText(node.quasi) ?? "" };
  }
  const callee = skipWrappers(node.callee);
  if (callee.type !== "MemberExpression" || !sendingNames.test(getStaticPropertyName(callee) ?? "")) return undefined;
  const text = node.arguments[0] && getText(skipWrappers(node.arguments[0]));
  return text === undefined ? undefined : { receiver: skipWrappers(callee.object), text };
}

const sendingNames =
  /^(?:all|exec|execute|get|query|queryObject|run|unsafe|write|\$executeRawUnsafe|\$queryRawUnsafe)$/;

function getText(node: TSESTree.Node): string | undefined {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  if (node.type === "TemplateLiteral") return node.quasis.map(({ value }) => value.cooked ?? value.raw).join("x");
  if (node.type === "TaggedTemplateExpression") return getText(node.quasi);
  if (node.type !== "ObjectExpression") return undefined;
  for (const property of node.properties) {
    if (property.type !== "Property" || property.key.type !== "Identifier") continue;
    if (property.key.name === "text" || property.key.name === "sql") return getText(skipWrappers(property.value));
  }
  return undefined;
}

/** Does it change rows? */
export function isWrite({ text }: SqlCall): boolean {
  return /^(?:\s|--.*\n|\/\*[^]*?\*\/)*(?:insert\s+(?:or\s+\w+\s+|ignore\s+)?into|update\s+[^]*?\bset|delete\s+from|replace\s+into|merge\s+into)\b/i.test(
    text,
  );
}

/** Does it begin a transaction, or set a savepoint in one? */
export function beginsTransaction({ text }: SqlCall): boolean {
  return /^\s*(?:begin|start\s+transaction|savepoint)\b/i.test(text);
}
