import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findVariable } from "./find-variable.js";

type Source = Readonly<TSESLint.SourceCode>;

/** What awaits the tasks that it is given: `context.background("name", task)`, `group.run(task)`. */
export interface TaskOwner {
  readonly name: string;
  readonly method: "background" | "run";
}

/** `void work()` → `context.background("work", () => work())`; nothing where that could drop a comment or not compile. */
export function runInBackground(
  task: TSESTree.Expression,
  whole: TSESTree.Node,
  owner: TaskOwner,
  sourceCode: Source,
): ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]) | undefined {
  const { text } = sourceCode;
  const before = text.slice(whole.range[0], task.range[0]);
  const after = text.slice(task.range[1], whole.range[1]);
  if (hasComment(before) || !/^[\s)]*;?$/.test(after) || !begins.has(task.type)) return undefined;
  if (whole.type === "VariableDeclaration" && isUsed(whole, sourceCode)) return undefined;
  const body = isPlainIife(task) ? task.callee : undefined;
  if (!body && /\b(?:await|yield)\b/.test(sourceCode.getText(task))) return undefined;
  const end = after.endsWith(";") ? ");" : ")";
  if (body && hasComment(text.slice(task.range[0], body.range[0]) + text.slice(body.range[1], task.range[1])))
    return undefined;
  const inner = body ?? task;
  return (fixer) => [
    fixer.replaceTextRange([whole.range[0], inner.range[0]], `${begin(task, owner)}${body ? "" : "() => "}`),
    fixer.replaceTextRange([inner.range[1], whole.range[1]], end),
  ];
}

/** `async (event) => { … }` → `(event) => context.background("event", async () => { … })` */
export function listenInBackground(
  listener: TSESTree.Node,
  name: string,
  context: string,
  sourceCode: Source,
): ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]) | undefined {
  if (listener.type !== "ArrowFunctionExpression") return undefined;
  const [first, second] = sourceCode.getTokens(listener);
  const beforeBody = sourceCode.getTokenBefore(listener.body);
  if (!first || !second || first.value !== "async" || beforeBody?.value !== "=>") return undefined;
  if (hasComment(sourceCode.text.slice(first.range[1], second.range[0]))) return undefined;
  return (fixer) => [
    fixer.removeRange([first.range[0], second.range[0]]),
    fixer.insertTextBefore(listener.body, `${context}.background(${JSON.stringify(name)}, async () => `),
    fixer.insertTextAfter(listener.body, ")"),
  ];
}

/** Its owner awaits what a group runs, so `void` drops no more than a promise. */
function begin(task: TSESTree.Expression, { name, method }: TaskOwner): string {
  return method === "run" ? `void ${name}.run(` : `${name}.background("${getTaskName(task)}", `;
}

const begins: ReadonlySet<string> = new Set(["CallExpression", "ImportExpression", "NewExpression"]);

/** Is the variable used, be it in passing? */
function isUsed({ declarations: [declarator] }: TSESTree.VariableDeclaration, sourceCode: Source): boolean {
  if (declarator?.id.type !== "Identifier") return true;
  const variable = findVariable(declarator.id.name, declarator, sourceCode);
  return !variable || variable.references.some(({ identifier }) => identifier !== declarator.id);
}

function hasComment(text: string): boolean {
  return /\/[/*]/.test(text);
}

/** An async function that is written out, given nothing, and called where it stands. */
function isPlainIife(task: TSESTree.Expression): task is TSESTree.CallExpression {
  if (task.type !== "CallExpression" || task.arguments.length > 0) return false;
  const { callee } = task;
  return callee.type === "ArrowFunctionExpression" && callee.async && callee.params.length === 0;
}

/** The task of `this.loadRates()` is called `load rates`. */
function getTaskName(task: TSESTree.Expression): string {
  if (task.type !== "CallExpression") return "task";
  const { callee } = task;
  const name = callee.type === "MemberExpression" ? callee.property : callee;
  if (name.type !== "Identifier" && name.type !== "PrivateIdentifier") return "task";
  return name.name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}
