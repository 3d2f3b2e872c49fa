import type { TSESTree } from "@typescript-eslint/utils";
import { createCallFinder } from "../../call-graph/call-at.js";
import { isDroppedAsyncFunction, isInterval, isListening, isOwnedTask } from "../../call-graph/detaching-call.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { activationContext } from "../../runtime-vocabulary.js";
import {
  type BegunTask,
  findBegunTask,
  findHandledEvent,
  getDestination,
  getOutcomes,
  getTargetText,
  isBeginning,
} from "../../syntax/begun-task.js";
import { getChainStart, hasContinuation } from "../../syntax/promise-chain.js";
import { type TaskOwner, listenInBackground, runInBackground } from "../../syntax/run-in-background.js";
import { shorten } from "../../syntax/shorten.js";
import { ReadMembers } from "../../syntax/unread-store.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { foreseeType, openFile } from "../../type-checker/open-file.js";
import { isModuleCode } from "../../type-queries/module-code.js";
import { getApparentConstituents, isPromise } from "../../type-queries/promise.js";
import { findTaskOwner } from "../../type-queries/task-owner.js";

type MessageId = "detached" | "stored" | "interval" | "asyncInterval" | "listener" | "runInBackground";

/**
 * Reports work that module code begins and nobody awaits: `void` before a promise, a promise stored and never read,
 * an interval that nobody clears or that does async work, an async event listener. The module's stop does not wait for
 * it. Tasks of a task group or runner have an owner; a stored promise that is read in any way counts as awaited.
 */
export default defineRule<MessageId, []>({
  name: "tasks/no-detached-task",
  meta: {
    type: "problem",
    description: "Disallow work in modules that nobody awaits",
    hasSuggestions: true,
    messages: {
      detached:
        "Nobody awaits `{{task}}`, so the module's stop does not wait for it. " +
        "Await it, or run it in `context.background`.",
      stored:
        "Nobody awaits `{{task}}`, which `{{target}}` keeps unread, so the module's stop does not wait for it. " +
        "Await it, or run it in `context.background`.",
      interval:
        "Nobody clears this interval, so it goes on after the module's stop. " +
        "Loop over `sleep` in `context.background`, or clear it when the module stops.",
      asyncInterval:
        "Nobody awaits what this interval does: runs may overlap, and the module's stop does not wait for them. " +
        "Loop over `sleep` in `context.background`.",
      listener:
        "Nobody awaits this listener of `{{event}}`, so the module's stop does not wait for it, and its failure goes " +
        "unhandled. Run its work in `context.background`.",
      runInBackground: "Run it in `{{context}}.background`.",
    },
    schema: [],
  },
  create(context) {
    const begun: BegunTask[] = [];
    const calls: TSESTree.CallExpression[] = [];
    const handlers: TSESTree.AssignmentExpression[] = [];
    const members = new ReadMembers();
    const collect = (node: TSESTree.Node): void => {
      const task = findBegunTask(node);
      if (!task) return;
      begun.push(task);
      foreseeType(context, task.value);
    };
    return {
      MemberExpression: (node) => members.addMember(node),
      ObjectPattern: (node) => members.addPattern(node),
      CallExpression: (node) => void calls.push(node),
      UnaryExpression: collect,
      VariableDeclarator: collect,
      PropertyDefinition: collect,
      AssignmentExpression(node) {
        if (findHandledEvent(node) === undefined) collect(node);
        else handlers.push(node);
      },
      "Program:exit"(program) {
        const file = begun.length + calls.length + handlers.length > 0 ? openFile(context) : undefined;
        if (!file || !isModuleCode(program, file)) return;
        const tasks = new DetachedTasks(context, file, members);
        tasks.reportTasks(begun);
        for (const call of calls) tasks.reportCall(call);
        for (const handler of handlers) tasks.reportListener(handler.right, findHandledEvent(handler) ?? "");
      },
    };
  },
});

/** Finds and reports what is detached in one file. */
class DetachedTasks {
  readonly #context: RuleContext<MessageId, []>;
  readonly #file: CheckedFile;
  readonly #members: ReadMembers;
  readonly #findCall: ReturnType<typeof createCallFinder>;

  constructor(context: RuleContext<MessageId, []>, file: CheckedFile, members: ReadMembers) {
    this.#context = context;
    this.#file = file;
    this.#members = members;
    this.#findCall = createCallFinder(file);
  }

  /** The types of what may be a task are asked in one request. */
  reportTasks(begun: readonly BegunTask[]): void {
    const { project } = this.#file;
    const types = this.#file.getTypes(begun.map(({ value }) => value));
    begun.forEach((task, index) => {
      const type = types[index];
      if (!type || !getApparentConstituents(type, project).some((member) => isPromise(member, project))) return;
      if (this.#isDetached(task)) this.#reportTask(task, isPromise(type, project));
    });
  }

  reportCall(node: TSESTree.CallExpression): void {
    const call = this.#findCall(node);
    const [first, second] = node.arguments;
    if (!call || !first) return;
    const { project } = this.#file;
    if (isInterval(call, project)) {
      if (this.#isDroppedAsync(first)) this.#context.report({ node, messageId: "asyncInterval" });
      else if (this.#isLost(getDestination(node))) this.#context.report({ node, messageId: "interval" });
    } else if (second && isListening(call, project)) {
      const isText = first.type === "Literal";
      this.reportListener(second, isText ? String(first.value) : this.#context.sourceCode.getText(first));
    }
  }

  reportListener(listener: TSESTree.Node, event: string): void {
    if (!this.#isDroppedAsync(listener)) return;
    this.#report(listener, "listener", { event }, ({ name }) =>
      listenInBackground(listener, event, name, this.#context.sourceCode),
    );
  }

  #isDetached({ target, value }: BegunTask): boolean {
    if (target) return !this.#isOwned(value) && this.#isLost(target);
    return getOutcomes(value).some((outcome) => {
      const start = getChainStart(outcome);
      if (start.type === "AssignmentExpression") return this.#isLost(start.left);
      return isBeginning(start) ? !this.#isOwned(outcome) : hasContinuation(outcome);
    });
  }

  #isOwned(value: TSESTree.Expression): boolean {
    const call = this.#findCall(getChainStart(value));
    return call !== undefined && isOwnedTask(call, this.#file.project);
  }

  #isLost(destination: ReturnType<typeof getDestination>): boolean {
    if (destination === undefined) return false;
    return destination === "nowhere" || this.#members.isUnread(destination, this.#context.sourceCode);
  }

  #isDroppedAsync(node: TSESTree.Node): boolean {
    const found = node.type === "SpreadElement" ? undefined : this.#file.find(node);
    return found !== undefined && isDroppedAsyncFunction(found, this.#file.project);
  }

  #reportTask({ target, value, whole }: BegunTask, isPromiseForSure: boolean): void {
    const { sourceCode } = this.#context;
    const getText = (node: TSESTree.Node): string => shorten(sourceCode.getText(node));
    const data = { task: getText(value), target: target ? getTargetText(target, getText) : "" };
    this.#report(target ?? whole ?? value, target ? "stored" : "detached", data, (owner) =>
      whole && isPromiseForSure ? runInBackground(value, whole, owner, sourceCode) : undefined,
    );
  }

  #report(
    node: TSESTree.Node,
    messageId: MessageId,
    data: Readonly<Record<string, string>>,
    findFix: (owner: TaskOwner) => ReturnType<typeof runInBackground>,
  ): void {
    const { sourceCode } = this.#context;
    const owner = findTaskOwner(node, this.#file, sourceCode, [activationContext]);
    const fix = owner && findFix(owner);
    const suggest = owner && fix ? [{ messageId: "runInBackground" as const, data: { context: owner.name }, fix }] : [];
    this.#context.report({ node: node.type === "PropertyDefinition" ? node.key : node, messageId, data, suggest });
  }
}
