import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { createCallFinder } from "../../call-graph/call-at.js";
import { findCalledCounterpart, findPromisified, findWaitedTimer } from "../../call-graph/callback-counterpart.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { awaitLink } from "../../syntax/await-link.js";
import { findCallback, handsErrorOn, isDropped } from "../../syntax/callback.js";
import { replaceChain } from "../../syntax/chain-fix.js";
import { type WaitingChain, findWaitingChain } from "../../syntax/chain-links.js";
import { isFunctionExpression } from "../../syntax/function-value.js";
import { importName, importsNode, isNodeRequired } from "../../syntax/node-import.js";
import { findExecutor, findLaterResolve } from "../../syntax/promise-executor.js";
import { shorten } from "../../syntax/shorten.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { isNodeModule } from "../../type-queries/module-format.js";
import { isBuiltInPromise, isCallable, isPromise } from "../../type-queries/promise.js";
import { alwaysReturnsPromise, mayBePromise } from "../../type-queries/returned-promise.js";

type MessageId = "chain" | "returned" | "executor" | "timer" | "nextTick" | "callback" | "promisified" | "useAwait";
type Context = RuleContext<MessageId, []>;

/**
 * Reports waiting without `await`: chains of `then` that are awaited, returned or the last thing done, an async function
 * in `new Promise`, and callbacks of Node's functions that have a counterpart with a promise. Chains that run beside
 * other code, a single `catch` or `finally`, and `then` with two callbacks are left alone.
 */
export default defineRule<MessageId, []>({
  name: "tasks/prefer-async-await",
  meta: {
    type: "suggestion",
    description: "Prefer `await` to chains of `then` and to callbacks",
    fixable: "code",
    hasSuggestions: true,
    messages: {
      chain: "Callbacks of {{methods}} wait for `{{start}}`. Await it instead.",
      returned: "Callbacks of {{methods}} wait for `{{start}}`. Make the function async and await it instead.",
      executor:
        "`new Promise` drops what its async function gives, so a failure in there goes unhandled and nobody hears of it. " +
        "Call the async function by itself.",
      timer: "Node has a promise for `{{name}}` already. Await `{{name}}` from `node:timers/promises` instead.",
      nextTick:
        "A promise around `process.nextTick` lets nobody else have a turn. " +
        "Leave it out, or await `setImmediate` from `node:timers/promises` instead.",
      callback: "`{{label}}` gives its outcome to a callback. Await {{advice}} instead.",
      promisified: "`promisify` makes what Node has already. Use {{advice}} instead.",
      useAwait: "Use `{{replacement}}`.",
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    const chains: WaitingChain[] = [];
    const executors: Executor[] = [];
    const calls: TSESTree.CallExpression[] = [];
    let requiresNode = false;
    return {
      CallExpression(node) {
        requiresNode ||= isNodeRequired(node);
        const chain = findWaitingChain(node);
        if (chain) chains.push(chain);
        else if (findCallback(node, sourceCode)) calls.push(node);
      },
      NewExpression(node) {
        const value = findExecutor(node, sourceCode);
        if (!value) return;
        if (!isFunctionExpression(value)) executors.push({ node, value, later: undefined });
        else if (value.async) context.report({ node: value, messageId: "executor" });
        const later = findLaterResolve(value);
        if (later) executors.push({ node, value, later });
      },
      "Program:exit"(program) {
        const usesNode = requiresNode || importsNode(program);
        const callbacks = usesNode ? calls : [];
        const file = chains.length + executors.length + callbacks.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        reportChains(chains, file, context);
        if (executors.length + callbacks.length > 0) reportCallbacks(executors, callbacks, usesNode, file, context);
      },
    };
  },
});

interface Executor {
  readonly node: TSESTree.NewExpression;
  readonly value: TSESTree.Expression;
  readonly later: ReturnType<typeof findLaterResolve>;
}

function reportChains(chains: readonly WaitingChain[], file: CheckedFile, context: Context): void {
  const types = file.getTypes(chains.map(({ links }) => links[0].object));
  for (const [index, chain] of chains.entries()) {
    const type = types[index];
    if (!type || !isPromise(type, file.project)) continue;
    const { around, end, links, place } = chain;
    const becomesAsync = around !== undefined && !around.async && place === "returned";
    if (becomesAsync && !alwaysReturnsPromise(around, file)) continue;
    if (!around && place === "dropped" && !isNodeModule(file)) continue;
    const fix = isBuiltInPromise(type, file.project) ? findFix(chain, file, context) : undefined;
    const methods = [...new Set(links.map(({ method }) => `\`${method}\``))].join(" and ");
    const start = shorten(context.sourceCode.getText(links[0].object));
    context.report({
      node: end,
      messageId: becomesAsync ? "returned" : "chain",
      data: { methods, start },
      ...(fix &&
        (becomesAsync ? { suggest: [{ messageId: "useAwait", data: { replacement: "await" }, fix }] } : { fix })),
    });
  }
}

function findFix(
  chain: WaitingChain,
  file: CheckedFile,
  { sourceCode }: Context,
): TSESLint.ReportFixFunction | undefined {
  const { links, place } = chain;
  if (links.length > 1 || place === "dropped") return undefined;
  const awaited = awaitLink(links[0], sourceCode);
  if (!awaited) return undefined;
  const isCallback = awaited.value === links[0].call.arguments[0];
  if (isCallback && !isFunction(awaited.value, file)) return undefined;
  return replaceChain(chain, awaited, place === "awaited" && mayBePromise(awaited.value, isCallback, file), sourceCode);
}

function isFunction(value: TSESTree.Expression, file: CheckedFile): boolean {
  const type = file.findType(value);
  return type !== undefined && isCallable(type, file.project);
}

function reportCallbacks(
  executors: readonly Executor[],
  calls: readonly TSESTree.CallExpression[],
  usesNode: boolean,
  file: CheckedFile,
  context: Context,
): void {
  const { project } = file;
  const findCall = createCallFinder(file);
  for (const executor of executors) {
    const name = findWaitedTimer(findCall(executor.later?.call ?? executor.node), usesNode, project);
    if (name === "nextTick") context.report({ node: executor.node, messageId: "nextTick" });
    else if (name) reportTimer(executor, name, context);
  }
  for (const node of calls) {
    const call = findCall(node);
    if (!call) continue;
    const promisified = findPromisified(call, project);
    const counterpart = promisified ?? findCalledCounterpart(call, project);
    if (!counterpart) continue;
    if (promisified) context.report({ node, messageId: "promisified", data: { advice: counterpart.advice } });
    else if (isReplaceable(node, counterpart.label, file, context))
      context.report({ node, messageId: "callback", data: { label: counterpart.label, advice: counterpart.advice } });
  }
}

/** A callback that looks into the error of a child process finds there what it printed, too. */
function isReplaceable(
  node: TSESTree.CallExpression,
  label: string,
  file: CheckedFile,
  { sourceCode }: Context,
): boolean {
  const callback = findCallback(node, sourceCode);
  if (!callback || !isDropped(node)) return false;
  if (label.startsWith("child_process.")) return handsErrorOn(callback, sourceCode);
  return isFunctionExpression(callback) || isFunction(callback, file);
}

function reportTimer({ node, later }: Executor, name: string, context: Context): void {
  const replacement = findTimerCall(later, name, context);
  const suggest = replacement && context.sourceCode.getCommentsInside(node).length === 0 ? [replacement] : [];
  context.report({
    node,
    messageId: "timer",
    data: { name },
    suggest: suggest.map(({ add, text }) => ({
      messageId: "useAwait",
      data: { replacement: text },
      fix: (fixer) => [...(add ? [add(fixer)] : []), fixer.replaceText(node, text)],
    })),
  });
}

/** `delay(10)`, with the import that it needs; nothing for a value that is worked out only when the time has come. */
function findTimerCall(later: Executor["later"], name: string, { sourceCode }: Context) {
  if (later?.value && later.value.type !== "Literal") return undefined;
  const hasTime = name === "setTimeout";
  const imported = importName(name, "node:timers/promises", hasTime ? "delay" : "nextTurn", sourceCode);
  const [time, value] = hasTime ? (later?.rest ?? []) : [undefined, later?.rest[0]];
  const parts = [...(hasTime ? [time] : []), later?.isDirect ? value : later?.value];
  const args = parts.map((part) => (part ? sourceCode.getText(part) : "undefined")).join(", ");
  return imported && { add: imported.add, text: `${imported.local}(${args.replace(/(?:(?:^|, )undefined)+$/, "")})` };
}
