import type { TSESTree } from "@typescript-eslint/utils";

/** Does it run only when its file was started as a program: below `if (import.meta.main)` or one of its like? */
export function isBehindMainGuard(node: TSESTree.Node): boolean {
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === "IfStatement" && parent.consequent === current && asksForMain(parent.test)) return true;
    if (parent.type === "LogicalExpression" && parent.operator === "&&" && parent.right === current) {
      if (asksForMain(parent.left)) return true;
    }
  }
  return false;
}

/** `import.meta.main`, `require.main === module`, `process.argv[1] === …`, and `import.meta.vitest`. */
function asksForMain(test: TSESTree.Expression): boolean {
  switch (test.type) {
    case "LogicalExpression":
      return test.operator === "&&" && (asksForMain(test.left) || asksForMain(test.right));
    case "BinaryExpression":
      return /^===?$/.test(test.operator) && [test.left, test.right].some((side) => mentionsMain(side));
    default:
      return mentionsMain(test);
  }
}

function mentionsMain(node: TSESTree.Node): boolean {
  if (node.type === "CallExpression") return node.arguments.some(mentionsMain);
  if (node.type === "NewExpression") return node.arguments.some(mentionsMain);
  if (node.type !== "MemberExpression") return false;
  const { object, property } = node;
  if (property.type === "Literal") return property.value === 1 && isProgramArguments(object);
  if (property.type !== "Identifier") return false;
  if (object.type === "MetaProperty") return property.name === "main" || property.name === "vitest";
  if (object.type === "Identifier" && object.name === "require") return property.name === "main";
  return mentionsMain(object);
}

function isProgramArguments(node: TSESTree.Node): boolean {
  return node.type === "MemberExpression" && node.property.type === "Identifier" && node.property.name === "argv";
}
