import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { defineRule } from "../../define-rule.js";
import { getCalledName } from "../../syntax/acquisition.js";
import { getMemberName, isPublicMethod, type PublicMethod } from "../../syntax/class-member.js";
import { canBothRun } from "../../syntax/exclusive.js";
import { beginsTransaction, findSqlCall, isWrite } from "../../syntax/sql.js";
import { isTransactionName } from "../../syntax/transaction.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { findClass, isServiceDeclaration } from "../../type-queries/service-class.js";

/**
 * Reports the second write to a database in a public method of a service, outside of a transaction: when it fails, the first
 * stays. A write is SQL written out at its call. Writes that cannot both run, a connection that was handed in, and methods
 * that begin a transaction by themselves are left out; loops and helpers are not followed.
 */
export default defineRule({
  name: "resources/require-transaction",
  meta: {
    type: "problem",
    description: "Require two writes to one database in a service method to be in a transaction",
    messages: {
      second:
        "`{{method}}` writes to `{{database}}` here and on line {{line}}, and what it wrote there stays when this fails. " +
        "Run both in `transaction(…)`, or decorate the method with `@transactional`.",
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    const writes: Write[] = [];
    const managed = new Set<TSESTree.Node>();
    const addCall = (node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression) => {
      const sql = findSqlCall(node);
      const method = findMethod(node);
      if (!method) return;
      if ((sql && beginsTransaction(sql)) || beginsByName(node)) managed.add(method);
      if (!sql || !isWrite(sql) || isInTransaction(node, method)) return;
      const root = findRootVariable(sql.receiver, sourceCode);
      if (root && mayBeInTransaction(root, method, sourceCode)) return;
      writes.push({ node, method, root, database: sourceCode.getText(sql.receiver), function: findFunction(node) });
    };
    return {
      CallExpression: addCall,
      TaggedTemplateExpression: addCall,
      "Program:exit"() {
        const seconds = findSeconds(writes.filter(({ method }) => !managed.has(method)));
        const file = seconds.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        for (const { first, second } of seconds) {
          const owner = second.method.parent.parent;
          if (!isService(owner, file)) continue;
          const method = [owner.id?.name, getMemberName(second.method)].filter(Boolean).join(".");
          const line = String(first.node.loc.start.line);
          context.report({ node: second.node, messageId: "second", data: { method, database: second.database, line } });
        }
      },
    };
  },
});

interface Write {
  readonly node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;
  readonly method: Method;
  /** The variable that the expression of the database begins with; none for `this`. */
  readonly root: TSESLint.Scope.Variable | undefined;
  readonly database: string;
  readonly function: TSESTree.Node | undefined;
}

type Method = PublicMethod & { readonly parent: TSESTree.ClassBody };

/** The public method of a derived class that the code stands in. */
function findMethod(node: TSESTree.Node): Method | undefined {
  for (let current = node.parent; current; current = current.parent) {
    if (current.parent?.type !== "ClassBody") continue;
    const isDerived = current.parent.parent.superClass !== null;
    return isDerived && isPublicMethod(current as TSESTree.ClassElement) ? (current as Method) : undefined;
  }
  return undefined;
}

function findFunction(node: TSESTree.Node): TSESTree.Node | undefined {
  let current = node.parent;
  while (current && !/Function/.test(current.type)) current = current.parent;
  return current;
}

/** Within a callback of `transaction(…)`, `$transaction`, `begin` …, or in a method that is decorated so. */
function isInTransaction(node: TSESTree.Node, method: Method): boolean {
  if (method.decorators.some(({ expression }) => isTransactionName(getDecoratorName(expression)))) return true;
  for (let current = node; current !== method && current.parent; current = current.parent) {
    const { parent } = current;
    const isArgument = parent.type === "CallExpression" && parent.callee !== current;
    if (isArgument && isTransactionName(getCalledName(parent) ?? "")) return true;
  }
  return false;
}

function getDecoratorName(expression: TSESTree.Expression): string {
  if (expression.type === "Identifier") return expression.name;
  return expression.type === "CallExpression" ? (getCalledName(expression) ?? "") : "";
}

function beginsByName(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): boolean {
  if (node.type !== "CallExpression" || node.arguments.some(({ type }) => /Function/.test(type))) return false;
  return /^(?:begin|start)(?:Transaction)?$|^findConnection$/.test(getCalledName(node) ?? "");
}

function findRootVariable(receiver: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>) {
  let root = receiver;
  while (root.type === "MemberExpression" || root.type === "CallExpression" || root.type === "TSNonNullExpression") {
    root =
      root.type === "MemberExpression" ? root.object : root.type === "CallExpression" ? root.callee : root.expression;
  }
  if (root.type !== "Identifier") return undefined;
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(root);
  while (scope && !scope.set.has(root.name)) scope = scope.upper;
  return scope?.set.get(root.name);
}

/** A connection that the method was given, or whose name or origin speaks of a transaction. */
function mayBeInTransaction(root: TSESLint.Scope.Variable, method: Method, sourceCode: Readonly<TSESLint.SourceCode>) {
  if (isTransactionName(root.name) || /^trx$/i.test(root.name)) return true;
  return root.defs.some(({ type, node }) => {
    if (type === "Parameter") return node === method.value;
    return type === "Variable" && /transaction|findConnection|begin/i.test(sourceCode.getText(node));
  });
}

/** The second of two writes to one database that can both run, once a method and database. */
function findSeconds(writes: readonly Write[]): { first: Write; second: Write }[] {
  const found: { first: Write; second: Write }[] = [];
  for (const second of writes) {
    const isSame = (other: Write) =>
      other.method === second.method &&
      other.function === second.function &&
      other.root === second.root &&
      other.database === second.database;
    if (found.some((pair) => isSame(pair.second))) continue;
    const first = writes
      .slice(0, writes.indexOf(second))
      .find((other) => isSame(other) && canBothRun(other.node, second.node));
    if (first) found.push({ first, second });
  }
  return found;
}

function isService(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression, file: CheckedFile): boolean {
  const found = findClass(node, file);
  return found !== undefined && isServiceDeclaration(found, file.project);
}
