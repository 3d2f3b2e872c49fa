import {
  type CallExpression,
  type Node,
  SyntaxKind,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { type CheckerSymbol, type Project, SymbolFlags } from "../type-checker/types.js";
import { getDeclaredName } from "../type-queries/declared-name.js";
import { mayLimitTime } from "../type-queries/time-limit.js";
import { type WaitingCall, findWaitingCall } from "../type-queries/waiting-call.js";
import type { CallGraph } from "./call-graph.js";
import { isFunctionWithBody } from "./function-with-body.js";
import type { Call } from "./unit.js";

/** What the call waits for outside of the process, where nothing in sight limits how long. */
export function findUnlimitedWait(call: Call, graph: CallGraph): WaitingCall | undefined {
  const { node } = call;
  if (call.kind !== "call" || !isCallExpression(node)) return undefined;
  const wait = findWait(call, graph);
  if (!wait || mayLimitTime(node.arguments, graph.project)) return undefined;
  if (wait.limitedBy === "client" && mayClientLimit(call.callee, graph.project)) return undefined;
  if (wait.limitedBy === "handle" && isHandedOn(node)) return undefined;
  if (isLimitedAround(node) || isLimitedLater(node)) return undefined;
  return wait.limitedBy === "process" && !isExitAwaited(node) ? undefined : wait;
}

function findWait({ target }: Call, { project }: CallGraph): WaitingCall | undefined {
  for (const symbol of target.symbols) {
    const wait = findWaitingCall(symbol, project);
    if (wait) return wait;
  }
  return undefined;
}

/** Is the node handed to something that ends it in time, by its name, or in a method with such a decorator? */
export function isLimitedAround(node: Node): boolean {
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    if ((isCallExpression(parent) || isNewExpression(parent)) && parent.expression !== current) {
      if (limiters.test(parent.expression.getText())) return true;
    }
    const { modifiers = [] } = parent as Node & { readonly modifiers?: readonly Node[] };
    if (modifiers.some((modifier) => modifier !== current && limiters.test(modifier.getText()))) return true;
  }
  return false;
}

const limiters =
  /(?<!set|clear)time_?out|timeLimit|deadline|\brace\b|abort|\bexecute\b|\bwrap\b|\bfire\b|resilient|policy|breaker/i;

/** Is what the call gives limited afterwards: `request.setTimeout(…)`, `child.kill()`, `Promise.race([response, …])`? */
function isLimitedLater(node: Node): boolean {
  if (getChainedCalls(node).some(isLimiting)) return true;
  const name = findHolder(node);
  if (name === undefined) return false;
  return someNode(name.includes(".") ? node.getSourceFile() : getFunctionBody(node), (candidate) => {
    if (!isCallExpression(candidate)) return false;
    const isOnHolder = getReceiver(candidate.expression)?.getText() === name;
    return (
      (isOnHolder && isLimiting(candidate)) ||
      (limiters.test(candidate.expression.getText()) &&
        candidate.arguments.some((argument) => mentions(argument, name)))
    );
  });
}

/** Does the caller get the request or the process, and with it the say when it ends? */
function isHandedOn(node: Node): boolean {
  const { parent } = getChainedCalls(node).at(-1) ?? node;
  return parent.kind === SyntaxKind.ReturnStatement || isArrowFunction(parent);
}

function isLimiting({ expression, arguments: [first] }: CallExpression): boolean {
  const method = isPropertyAccessExpression(expression) ? expression.name.text : "";
  return (
    /^(?:abort|cancel|destroy|kill|setTimeout|timeout)$/.test(method) || /^["'`]timeout/.test(first?.getText() ?? "")
  );
}

/** Is there an `await once(child, "exit")`, or a promise that the child's exit settles? */
function isExitAwaited(node: Node): boolean {
  const holder = findHolder(node);
  const isExit = (candidate: Node | undefined) => /^["'`](?:close|exit)["'`]$/.test(candidate?.getText() ?? "");
  if (getChainedCalls(node).some((call) => isExit(call.arguments[0]) && isInPromise(call))) return true;
  if (holder === undefined) return false;
  return someNode(getFunctionBody(node), (candidate) => {
    if (!isCallExpression(candidate)) return false;
    const [first, second] = candidate.arguments;
    if (first?.getText() === holder) return isExit(second) && isAwaitExpression(candidate.parent);
    return isExit(first) && candidate.expression.getText().startsWith(`${holder}.`) && isInPromise(candidate);
  });
}

function isInPromise(node: Node): boolean {
  for (let current = node; current.parent; current = current.parent) {
    if (isNewExpression(current) && current.expression.getText() === "Promise") return true;
  }
  return false;
}

/** `.on(…)` and `.end()` of `http.get(…).on(…).end()` */
function getChainedCalls(node: Node): CallExpression[] {
  const calls: CallExpression[] = [];
  let current = node;
  while (isPropertyAccessExpression(current.parent) && isCallExpression(current.parent.parent)) {
    current = current.parent.parent;
    calls.push(current as CallExpression);
  }
  return calls;
}

/** The variable that gets what the call gives: `child` of `const child = spawn(…).unref()`. */
function findHolder(node: Node): string | undefined {
  const { parent } = getChainedCalls(node).at(-1) ?? node;
  if (isVariableDeclaration(parent) && isIdentifier(parent.name)) return parent.name.text;
  return isBinaryExpression(parent) ? parent.left.getText() : undefined;
}

function getFunctionBody(node: Node): Node {
  let current = node;
  while (current.parent && !isFunctionWithBody(current)) current = current.parent;
  return current;
}

function mentions(node: Node, name: string): boolean {
  return someNode(node, (candidate) => isIdentifier(candidate) && candidate.text === name);
}

function someNode(node: Node, predicate: (node: Node) => boolean): boolean {
  return predicate(node) || node.forEachChild((child) => (someNode(child, predicate) ? true : undefined)) === true;
}

/** May the client that this is a method of limit its calls? So may one of which is not known how it was made. */
function mayClientLimit(callee: Node, project: Project): boolean {
  const client = getReceiver(callee);
  const symbol = client && findSymbol(client, project);
  if (!symbol) return true;
  if (getDeclaredName(symbol, project).module === "axios")
    return client.getSourceFile().text.includes(`${client.getText()}.defaults.timeout`);
  const creations = findCreations(symbol, client, project);
  return creations.length === 0 || creations.some((creation) => mayCreationLimit(creation, project));
}

function mayCreationLimit(creation: Node, project: Project): boolean {
  const made = isAwaitExpression(creation) ? creation.expression : creation;
  if (isNewExpression(made)) return mayLimitTime(made.arguments ?? [], project);
  if (!isCallExpression(made)) return true;
  const method = isPropertyAccessExpression(made.expression) ? made.expression.name.text : "";
  if (method === "create") return mayLimitTime(made.arguments, project);
  return method !== "connect" || mayClientLimit(made.expression, project);
}

function findSymbol(client: Node, { checker }: Project): CheckerSymbol | undefined {
  const symbol = checker.getSymbolAtLocation(isPropertyAccessExpression(client) ? client.name : client);
  return symbol && symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What the variable or field is given, at its declaration and in the file that declares it. */
function findCreations({ valueDeclaration }: CheckerSymbol, client: Node, project: Project): Node[] {
  const declaration = valueDeclaration?.resolve(project);
  if (!declaration || !(isVariableDeclaration(declaration) || isPropertyDeclaration(declaration))) return [];
  const assigned = findAssigned(declaration.getSourceFile(), client.getText());
  return declaration.initializer ? [declaration.initializer, ...assigned] : assigned;
}

function findAssigned(node: Node, name: string): Node[] {
  const found: Node[] = [];
  const visit = (candidate: Node): undefined => {
    if (isBinaryExpression(candidate) && candidate.left.getText() === name) found.push(candidate.right);
    candidate.forEachChild(visit);
  };
  visit(node);
  return found;
}

function getReceiver(callee: Node): Node | undefined {
  return isPropertyAccessExpression(callee) || isElementAccessExpression(callee) ? callee.expression : undefined;
}
