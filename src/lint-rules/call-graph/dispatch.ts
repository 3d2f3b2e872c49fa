import { findTypeAt } from "../type-checker/ask-types.js";
import { type Node, SyntaxKind, isClassDeclaration, isClassExpression, isNewExpression } from "../type-checker/ast.js";
import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol, Type } from "../type-checker/types.js";
import { isTestFile } from "../syntax/test-file.js";
import { findConstantValue } from "../type-queries/constant.js";
import { getApparentConstituents, getConstituents } from "../type-queries/promise.js";
import type { CallGraph } from "./call-graph.js";
import { type MemberAccess, findMemberAccess } from "./member-access.js";
import { findMemberCode, isStaticMember } from "./member-code.js";
import { isInWorkspace } from "./node-handle.js";
import { TypeHierarchy } from "./type-hierarchy.js";
import type { Call, Unit } from "./unit.js";
import { getNodeId } from "./unit-name.js";

/** What is known of an object: it is of this class, or of an heir of it unless that is known, too. */
export interface Receiver {
  /** A class, an interface, an object literal. */
  readonly declaration: Node;
  readonly isExact: boolean;
}

/** Code that a call enters, and the object that `this` is there, where that decides what is entered next. */
export interface Entry {
  readonly unit: Unit;
  readonly self: Receiver | undefined;
}

/** Which implementations a call of a member enters: of an interface, an abstract method, an overridden one. */
export class Dispatcher {
  readonly #graph: CallGraph;
  readonly #receivers = new Map<Call, readonly Receiver[]>();
  #hierarchy: TypeHierarchy | undefined;

  constructor(graph: CallGraph) {
    this.#graph = graph;
  }

  /** The implementations that the object may have; none where what the call is declared to enter is all there is. */
  find(call: Call, self: Receiver | undefined): Entry[] {
    const access = findMemberAccess(call);
    if (!access || access.object.kind === SyntaxKind.SuperKeyword) return [];
    const receivers = self && access.object.kind === SyntaxKind.ThisKeyword ? [self] : this.#getReceivers(call, access);
    return receivers.flatMap((receiver) => this.#enter(receiver, call, access));
  }

  /** The object that `new` makes, if methods of its base classes may ask it for its own. */
  findNew(unit: Unit): Receiver | undefined {
    const { node: declaration } = unit;
    return hasHeritage(declaration) ? { declaration, isExact: true } : undefined;
  }

  get #types(): TypeHierarchy {
    return (this.#hierarchy ??= new TypeHierarchy(this.#graph.project));
  }

  #enter(receiver: Receiver, call: Call, access: MemberAccess): Entry[] {
    const { declaration, isExact } = receiver;
    const entered = new Map<Unit, Receiver>();
    const own = this.#findMember(declaration, call, access) ?? this.#graph.findTargets(call.target);
    for (const unit of own) entered.set(unit, receiver);
    for (const heir of isExact ? [] : this.#getHeirs(declaration, call))
      for (const unit of this.#findMember(heir, call, access) ?? [])
        if (!entered.has(unit)) entered.set(unit, { declaration: heir, isExact: false });
    return [...entered].map(([unit, self]) => ({ unit, self }));
  }

  /** What a test makes instead of the real thing counts for tests alone. */
  #getHeirs(declaration: Node, { node }: Call): readonly Node[] {
    const heirs = this.#types.getHeirs(declaration);
    if (isTestFile(node.getSourceFile().fileName)) return heirs;
    return heirs.filter((heir) => !isTestFile(heir.getSourceFile().fileName));
  }

  /** The member as a class has it of its own or inherits it. */
  #findMember(declaration: Node, { kind }: Call, { names }: MemberAccess): Unit[] | undefined {
    for (const owner of this.#types.getChain(declaration)) {
      const code = names.map((name) => findMemberCode(owner, name, kind)).find((found) => found !== undefined);
      if (code) return this.#findUnits(code);
    }
    return undefined;
  }

  #findUnits(code: Node): Unit[] {
    const unit = this.#graph.findUnit(getNodeId(code));
    if (unit) return [unit];
    const type = findTypeAt(code, this.#graph.project);
    return type ? this.#graph.findUnitsOf(type) : [];
  }

  #getReceivers(call: Call, access: MemberAccess): readonly Receiver[] {
    let receivers = this.#receivers.get(call);
    if (!receivers) {
      receivers = this.#findReceivers(call, access);
      this.#receivers.set(call, receivers);
    }
    return receivers;
  }

  #findReceivers(call: Call, { names, object }: MemberAccess): Receiver[] {
    if (call.kind !== "call" && !names.some((name) => this.#types.hasImplicitMember(name))) return [];
    const symbol = call.target.member ?? call.target.symbols[0];
    if (!symbol) return call.kind === "call" ? [] : this.#findReceiversOfType(object);
    const owner = findOwner(symbol, this.#graph.project);
    if (!owner) return [];
    const receiver: Receiver = { declaration: owner, isExact: false };
    if (this.#types.getHeirs(owner).length === 0) return hasHeritage(owner) ? [receiver] : [];
    const receivers = this.#findReceiversOfType(object);
    return receivers.length > 0 ? receivers : [receiver];
  }

  #findReceiversOfType(object: Node): Receiver[] {
    const type = findTypeAt(object, this.#graph.project);
    const declarations = type ? this.#findDeclarations(type) : [];
    const isExact = declarations.length > 0 && isNewExpression(findConstantValue(object, this.#graph.project));
    return declarations.map((declaration) => ({ declaration, isExact }));
  }

  #findDeclarations(type: Type): Node[] {
    const { project } = this.#graph;
    const members = getConstituents(type).flatMap((member) => getApparentConstituents(member, project));
    const handles = members.flatMap((member) => member.getSymbol()?.declarations.find(isInWorkspace) ?? []);
    return handles.flatMap((handle) => handle.resolve(this.#graph.project) ?? []);
  }
}

function hasHeritage(node: Node): boolean {
  return (isClassDeclaration(node) || isClassExpression(node)) && node.heritageClauses !== undefined;
}

/** The class or interface that declares the member. */
const findOwner = rememberById((symbol: CheckerSymbol, project): Node | undefined => {
  const handle = symbol.declarations.find(isInWorkspace);
  if (!handle || !(membersOfTypes.has(handle.kind) || valuesOfMembers.has(handle.kind))) return undefined;
  const declaration = handle.resolve(project);
  const member = declaration && valuesOfMembers.has(handle.kind) ? declaration.parent : declaration;
  return member && membersOfTypes.has(member.kind) && !isStaticMember(member) ? member.parent : undefined;
});

const membersOfTypes: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.GetAccessor,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.MethodSignature,
  SyntaxKind.PropertyDeclaration,
  SyntaxKind.PropertySignature,
  SyntaxKind.SetAccessor,
]);

const valuesOfMembers: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
  SyntaxKind.FunctionType,
]);
