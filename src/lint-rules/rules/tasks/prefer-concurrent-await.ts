import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isProvenRead } from "../../call-graph/proven-read.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { type CollectingLoop, findCollectingLoop, findIndependentReads } from "../../syntax/independent-reads.js";
import { bindsTightly } from "../../syntax/insert-await.js";
import type { AwaitedRead } from "../../syntax/reading-call.js";
import { shorten } from "../../syntax/shorten.js";
import { isTestFile } from "../../syntax/test-file.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { isPromise } from "../../type-queries/promise.js";

type MessageId = "consecutive" | "loop" | "awaitAll";
type Context = RuleContext<MessageId, []>;

/**
 * Reports reads that are awaited one after another though none needs another: in statements that follow each other, and
 * in loops that collect. A read says so by its name, and no code that it reaches says otherwise. Tests, transactions,
 * and reads with anything between them are left alone.
 */
export default defineRule<MessageId, []>({
  name: "tasks/prefer-concurrent-await",
  meta: {
    type: "suggestion",
    description: "Prefer to await reads together where none needs another",
    hasSuggestions: true,
    messages: {
      consecutive:
        "`{{later}}` needs nothing of `{{earlier}}`, and yet waits for it. Await them together with `Promise.all`.",
      loop:
        "`{{call}}` needs nothing of the items before, and yet waits for them. Await all of them with `Promise.all`, " +
        "or with a limit where there may be many.",
      awaitAll: "Await them together.",
    },
    schema: [],
  },
  create(context) {
    if (isTestFile(context.filename)) return {};
    const groups: AwaitedRead[][] = [];
    const loops: CollectingLoop[] = [];
    const addGroups = ({ body }: { readonly body: readonly TSESTree.Node[] }): void =>
      void groups.push(...findIndependentReads(body, context.sourceCode));
    return {
      BlockStatement: addGroups,
      Program: addGroups,
      ForOfStatement(node) {
        const loop = findCollectingLoop(node, context.sourceCode);
        if (loop) loops.push(loop);
      },
      "Program:exit"() {
        const file = groups.length + loops.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        const proven = findProven([...groups.flat(), ...loops], file);
        for (const group of groups.flatMap((reads) => splitAt(reads, (read) => !proven.has(read.call))))
          reportGroup(group, context);
        for (const loop of loops) if (proven.has(loop.call)) reportLoop(loop, file, context);
      },
    };
  },
});

/** The calls that give a promise and are proven to read; their types are asked in one request. */
function findProven(reads: readonly { readonly call: TSESTree.CallExpression }[], file: CheckedFile) {
  const types = file.getTypes(reads.map(({ call }) => call));
  const proven = reads.filter(({ call }, index) => {
    const type = types[index];
    return type !== undefined && isPromise(type, file.project) && isProvenRead(call, file);
  });
  return new Set(proven.map(({ call }) => call));
}

/** The runs of several values that hold together. */
function splitAt<Value>(values: readonly Value[], isBreak: (value: Value) => boolean): Value[][] {
  const runs: Value[][] = [[]];
  for (const value of values) {
    if (isBreak(value)) runs.push([]);
    else runs.at(-1)?.push(value);
  }
  return runs.filter(({ length }) => length > 1);
}

function reportGroup(group: readonly AwaitedRead[], context: Context): void {
  const [earlier, later] = group;
  const last = group.at(-1);
  if (!earlier || !later || !last) return;
  const { sourceCode } = context;
  const fix = joinReads(group, sourceCode);
  context.report({
    node: later.call,
    messageId: "consecutive",
    data: { earlier: getText(earlier.call, sourceCode), later: getText(later.call, sourceCode) },
    suggest: fix ? [{ messageId: "awaitAll", fix }] : [],
  });
}

function getText(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): string {
  return shorten(sourceCode.getText(node));
}

/** `const [one, other] = await Promise.all([readOne(), readOther()]);` */
function joinReads(
  reads: readonly AwaitedRead[],
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.ReportFixFunction | undefined {
  const [first] = reads;
  const last = reads.at(-1);
  if (
    !first ||
    !last ||
    reads.some(({ statement, target }) => statement.kind !== first.statement.kind || target.typeAnnotation)
  )
    return undefined;
  const range: TSESTree.Range = [first.statement.range[0], last.statement.range[1]];
  if (sourceCode.getAllComments().some((comment) => range[0] < comment.range[0] && comment.range[1] < range[1]))
    return undefined;
  const names = reads.map(({ target }) => sourceCode.getText(target)).join(", ");
  const calls = reads.map(({ call }) => sourceCode.getText(call)).join(", ");
  const end = sourceCode.getLastToken(last.statement)?.value === ";" ? ";" : "";
  const text = `${first.statement.kind} [${names}] = await Promise.all([${calls}])${end}`;
  return (fixer) => fixer.replaceTextRange(range, text);
}

function reportLoop(loop: CollectingLoop, file: CheckedFile, context: Context): void {
  const fix = collectAtOnce(loop, file, context.sourceCode);
  context.report({
    node: loop.call,
    messageId: "loop",
    data: { call: getText(loop.call, context.sourceCode) },
    suggest: fix ? [{ messageId: "awaitAll", fix }] : [],
  });
}

/** `users.push(...(await Promise.all(ids.map((id) => findUser(id)))));` */
function collectAtOnce(
  { call, item, list, loop }: CollectingLoop,
  file: CheckedFile,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.ReportFixFunction | undefined {
  const type = file.findType(loop.right);
  if (!type || !file.project.checker.isArrayType(type) || sourceCode.getCommentsInside(loop).length > 0)
    return undefined;
  const items = sourceCode.getText(loop.right);
  const array = bindsTightly(loop.right) && loop.right.type !== "UnaryExpression" ? items : `(${items})`;
  const calls = `${array}.map((${sourceCode.getText(item)}) => ${sourceCode.getText(call)})`;
  return (fixer) => fixer.replaceText(loop, `${list.name}.push(...(await Promise.all(${calls})));`);
}
