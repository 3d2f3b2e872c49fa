import type { TSESTree } from "@typescript-eslint/utils";
import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { findWork } from "../../call-graph/find-work.js";
import { type Call, type Unit, getSpelledName } from "../../call-graph/unit.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { initializedCheck } from "../../runtime-vocabulary.js";
import { findEnclosingFunction } from "../../syntax/enclosing-function.js";
import { type Write, findFilling, findWrittenMember, isWrittenAfterWaiting } from "../../syntax/filled-field.js";
import { getLocation } from "../../syntax/location.js";
import { shorten } from "../../syntax/shorten.js";
import { openFile } from "../../type-checker/open-file.js";
import type { SourceFile } from "../../type-checker/ast.js";
import { findServices } from "../../type-queries/find-services.js";

type Range = TSESTree.Range;

type MessageId = "work" | "writes" | "keepsValue";

/**
 * Reports getters of a service that do more than return a field or fill it once: a read looks free, cannot be awaited and
 * is made twice at the same time. One that waits must keep the promise, not the value it gives. What JavaScript itself
 * computes (`this.#names.size`, `[...this.#names].sort()`) is no work. It does not follow what fills the field.
 */
export default defineRule<MessageId, []>({
  name: "services/no-getter-work",
  meta: {
    type: "suggestion",
    description: "Disallow getters of a service that do more than return a field or fill it once",
    messages: {
      work:
        "`{{getter}}` does work at each read: `{{code}}`. Fill a field once and return it (`this.#x ??= …`), " +
        "or make it an async method.",
      writes:
        "`{{getter}}` writes at each read: `{{code}}`. A getter only returns a field, or fills it once: `this.#x ??= …`.",
      keepsValue:
        "`{{getter}}` keeps a value that had to be waited for: `{{code}}`. Reads at the same time each do the work. " +
        "Keep the promise: `this.#x ??= load()`.",
    },
    schema: [],
  },
  create(context) {
    const getters: Getter[] = [];
    const open: Getter[] = [];
    return {
      'MethodDefinition[kind="get"]'(node: TSESTree.MethodDefinition) {
        open.push({ node, writes: [] });
      },
      'MethodDefinition[kind="get"]:exit'() {
        const getter = open.pop();
        if (getter?.node.parent.parent.superClass) getters.push(getter);
      },
      "AssignmentExpression, UpdateExpression"(node: Write) {
        open.at(-1)?.writes.push(node);
      },
      "Program:exit"() {
        const file = getters.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        const services = new Set(findServices([...new Set(getters.map(({ node }) => node.parent.parent))], file));
        const graph = getCallGraph(file.project);
        for (const getter of getters) {
          if (services.has(getter.node.parent.parent)) reportGetter(getter, file.sourceFile, graph, context);
        }
      },
    };
  },
});

type Context = RuleContext<MessageId, []>;

interface Getter {
  readonly node: TSESTree.MethodDefinition;
  readonly writes: Write[];
}

function reportGetter({ node, writes }: Getter, file: SourceFile, graph: CallGraph, context: Context): void {
  const { sourceCode } = context;
  const getter = [node.parent.parent.id?.name, sourceCode.getText(node.key)].filter(Boolean).join(".");
  const own = writes.filter((write) => findEnclosingFunction(write) === node.value);
  const fillings = own.map((write) => findFilling(write, node, sourceCode)).filter((range) => range !== undefined);
  const isFilling = (range: Range) => fillings.some((filling) => contains(filling, range));
  const reported: Range[] = [];

  for (const write of writes) {
    const messageId = isFilling(write.range) ? undefined : judgeWrite(write, node);
    if (!messageId) continue;
    const data = { getter, code: shorten(sourceCode.getText(write)) };
    context.report({ node: write, messageId, data });
    reported.push(write.range);
  }
  const unit = graph.getUnits(file).find((candidate) => isGetterUnit(candidate, node));
  for (const call of unit ? findWork(unit, graph, judgeCall) : []) {
    const range: Range = [call.node.getStart(), call.node.end];
    if (isFilling(range) || reported.some((write) => contains(write, range) || contains(range, write))) continue;
    const data = { getter, code: shorten(call.node.getText()) };
    context.report({ loc: getLocation(call.node, sourceCode), messageId: "work", data });
  }
}

function judgeWrite(write: Write, getter: TSESTree.MethodDefinition): MessageId | undefined {
  const member = findWrittenMember(write);
  if (!member) return undefined;
  if (findEnclosingFunction(write) === getter.value) return "writes";
  return member.object.type === "ThisExpression" && isWrittenAfterWaiting(write) ? "keepsValue" : undefined;
}

/** What changes a field in place is work, though JavaScript does it: `this.#queue.shift()`. */
function judgeCall(call: Call): boolean | undefined {
  const name = getSpelledName(call);
  if (name === initializedCheck) return false;
  return call.callee.getText().startsWith("this.") && mutator.test(name) ? true : undefined;
}

const mutator = /^(?:add|clear|delete|fill|pop|push|reverse|set|shift|sort|splice|unshift)$/;

function isGetterUnit({ kind, node }: Unit, getter: TSESTree.MethodDefinition): boolean {
  return kind === "getter" && node.end === getter.range[1];
}

function contains(outer: Range, inner: Range): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}
