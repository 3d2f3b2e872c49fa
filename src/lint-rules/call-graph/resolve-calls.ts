import { findTypeAt, getMembers, getTypesAt } from "../type-checker/ask-types.js";
import {
  NodeFlags,
  type Node,
  SyntaxKind,
  isBindingElement,
  isIdentifier,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { rememberById } from "../type-checker/remember.js";
import {
  type CheckerSymbol,
  type NodeHandle,
  type Project,
  SymbolFlags,
  type Type,
  TypeFlags,
} from "../type-checker/types.js";
import { getDeclaredName } from "../type-queries/declared-name.js";
import { findBound } from "./bound-function.js";
import { isKeptBy } from "./callbacks.js";
import { findNamedOutside, getNameNode, skipAlias } from "./named-outside.js";
import { getHandleId, isInWorkspace } from "./node-handle.js";
import { type Call, type Target, type Unit, getSpelledName, noTarget } from "./unit.js";

/**
 * Asks the checker what the calls of a file's units enter, in a handful of requests for the whole file. All names are
 * asked first, those of the units too: the checker's answers about types then refer to symbols that are known.
 */
export function resolveCalls(units: readonly Unit[], project: Project): void {
  const calls = units.flatMap((unit) => unit.calls);
  const byType = calls.filter(({ kind }) => kind === "call" || kind === "new" || kind === "extends");
  const references = [
    ...byType.map((call) => new Reference(call, call.callee)),
    ...calls
      .flatMap((call) => call.arguments)
      .flatMap((argument) => (argument.unit ? [] : new Reference(argument, argument.node))),
  ];
  const bySymbol = calls.filter(({ kind, node }) => kindsBySymbol.has(kind) && !isBindingElement(node));
  getSymbols(
    [
      ...units.map(({ node }: { readonly node: Node & { readonly name?: Node } }) => node.name),
      ...references.map(({ node }) => getNameNode(node)),
      ...bySymbol.map(({ callee }) => getNameNode(callee)),
    ].filter((node): node is Node => node !== undefined && isAnyName(node)),
    project,
  );

  resolveByType(references, project);
  resolveByType(
    references.flatMap((reference) => reference.findApplied(project) ?? []),
    project,
  );
  nameVagueTargets(
    references.filter((reference) => reference.isVague()),
    project,
  );

  const symbols = getSymbols(
    bySymbol.map((call) => getNameNode(call.callee)),
    project,
  );
  bySymbol.forEach((call, index) => (call.target = getTargetOfSymbol(call, symbols[index])));

  for (const call of calls) markCalledParameters(call);
}

const kindsBySymbol: ReadonlySet<Call["kind"]> = new Set(["get", "set", "import"]);

/** An expression that stands for a function, and who wants to know for which. */
class Reference {
  readonly #owner: { target: Target };
  readonly node: Node;

  constructor(owner: { target: Target }, node: Node) {
    this.#owner = owner;
    this.node = node;
  }

  set target(target: Target) {
    this.#owner.target = target;
  }

  /** `read.call(…)`, `read.apply(…)` and `read.bind(…)()` enter `read`. */
  findApplied(project: Project): Reference | undefined {
    const { node } = this;
    const bound = findBound(node, project);
    if (bound) return new Reference(this.#owner, bound);
    if (!isPropertyAccessExpression(node) || !/^(?:call|apply)$/.test(node.name.text)) return undefined;
    const isFunctions = this.#owner.target.symbols.some(
      (symbol) => getDeclaredName(symbol, project).container === "CallableFunction",
    );
    return isFunctions ? new Reference(this.#owner, node.expression) : undefined;
  }

  /** Is it a variable or property whose type alone does not tell its name: `const execaSync: ExecaSyncMethod`? */
  isVague(): boolean {
    const { symbols } = this.#owner.target;
    return (
      symbols.every((symbol) => !(symbol.flags & (SymbolFlags.Function | SymbolFlags.Method | SymbolFlags.Class))) &&
      this.#owner.target.unitIds.length === 0
    );
  }

  /** Is its type a function's without code, as of `const read: (path: string) => string = readText`? */
  hasFunctionType(): boolean {
    const { symbols } = this.#owner.target;
    return symbols.some((symbol) => symbol.declarations.some(({ kind }) => kind === SyntaxKind.FunctionType));
  }

  setMember(member: CheckerSymbol): void {
    this.#owner.target = { ...this.#owner.target, member };
  }

  addName(symbol: CheckerSymbol): void {
    this.#owner.target = { ...this.#owner.target, symbols: [symbol, ...this.#owner.target.symbols] };
  }
}

function resolveByType(references: readonly Reference[], project: Project): void {
  const types = getTypesAt(
    references.map(({ node }) => node),
    project,
  );
  references.forEach((reference, index) => {
    const type = types[index];
    reference.target = type ? getTargetOfType(type, project) : noTarget;
  });
}

function nameVagueTargets(references: readonly Reference[], project: Project): void {
  const symbols = getSymbols(
    references.map(({ node }) => getNameNode(node)),
    project,
  );
  references.forEach((reference, index) => {
    const symbol = symbols[index];
    const declared = symbol && skipAlias(symbol, project);
    const declaration = declared?.declarations[0];
    if (!declared || !declaration) return;
    if (!isInWorkspace(declaration)) return reference.addName(declared);
    if (declared.flags & SymbolFlags.Property) return reference.setMember(declared);
    const outside = findNamedOutside(declared, project);
    if (outside) return reference.addName(outside);
    const held = reference.hasFunctionType() ? findTargetOfConstant(declared, project) : undefined;
    if (held) reference.target = held;
  });
}

/** What a constant of the workspace holds, whatever type it was given. */
const findTargetOfConstant = rememberById((symbol: CheckerSymbol, project): Target | undefined => {
  const node = symbol.valueDeclaration?.resolve(project);
  if (!node || !isVariableDeclaration(node) || !node.initializer || !(node.parent.flags & NodeFlags.Const))
    return undefined;
  const type = findTypeAt(findBound(node.initializer, project) ?? node.initializer, project);
  return type && getTargetOfType(type, project);
});

function getSymbols(nodes: Node[], project: Project): (CheckerSymbol | undefined)[] {
  return nodes.length === 0 ? [] : project.checker.getSymbolAtLocation(nodes);
}

/** What a value of this type enters when it is called. */
export const getTargetOfType = rememberById((type: Type): Target => {
  const members = type.isUnionType() || type.isIntersectionType() ? getMembers(type) : [type];
  const symbols = members.map((member) => member.getSymbol()).filter((symbol) => symbol !== undefined);
  return {
    isUnknown: (type.flags & TypeFlags.Any) !== 0,
    symbols,
    unitIds: symbols.flatMap((symbol) => symbol.declarations.filter(hasCode).map(getHandleId)),
  };
});

function isAnyName(node: Node): boolean {
  return isIdentifier(node) || isPrivateIdentifier(node);
}

function getTargetOfSymbol({ kind }: Call, symbol: CheckerSymbol | undefined): Target {
  if (!symbol) return noTarget;
  if (kind !== "import" && !(symbol.flags & SymbolFlags.Accessor)) return { ...noTarget, member: symbol };
  const wanted = { get: SyntaxKind.GetAccessor, set: SyntaxKind.SetAccessor, import: SyntaxKind.SourceFile }[
    kind as "get"
  ];
  const handles = symbol.declarations.filter((handle) => isInWorkspace(handle) && handle.kind === wanted);
  return { isUnknown: false, symbols: [symbol], unitIds: handles.map(getHandleId) };
}

function hasCode(handle: NodeHandle): boolean {
  return kindsWithCode.has(handle.kind) && isInWorkspace(handle);
}

const kindsWithCode: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.MethodDeclaration,
]);

/** `parameter()` calls it, `other(parameter)` hands it on: both run it, unless what it is handed to keeps it. */
function markCalledParameters(call: Call): void {
  markParameter(call.unit, call.callee.getText().replace(/\.(?:call|apply)$/, ""));
  if (isKeptBy(getSpelledName(call))) return;
  for (const { node, unit } of call.arguments) if (!unit) markParameter(call.unit, node.getText());
}

function markParameter(from: Unit, name: string): void {
  for (let unit: Unit | undefined = from; unit && !isKept(unit); unit = unit.enclosing) {
    const index = unit.parameterNames.indexOf(name);
    if (index < 0) continue;
    unit.calledParameters.add(index);
    return;
  }
}

/** A callback that is kept runs later, and the function around it does not wait for it. */
function isKept({ handedTo }: Unit): boolean {
  return handedTo !== undefined && isKeptBy(getSpelledName(handedTo));
}
