import { getMembers, getTypesAt } from "../type-checker/ask-types.js";
import { type Node, SyntaxKind, isClassDeclaration, isClassExpression } from "../type-checker/ast.js";
import { isConfigured } from "../type-checker/configured-project.js";
import type { NodeHandle, Project, Type } from "../type-checker/types.js";
import { getOwnFiles } from "../type-queries/own-files.js";
import { type Implementer, getImplementers } from "./implementers.js";
import { getImplicitMembers } from "./implicit-members.js";
import { getHandleId, isInWorkspace } from "./node-handle.js";
import { TypeNames, findTypeName } from "./type-names.js";
import { getNodeId } from "./unit-name.js";

/**
 * Which classes, interfaces and object literals of a project are implementations of which. Files that no tsconfig
 * includes know of each other only by chance: there, implementations are looked for in the type's own file alone.
 */
export class TypeHierarchy {
  readonly #project: Project;
  readonly #names: TypeNames;
  readonly #isWhole: boolean;
  readonly #implicitMembers: ReadonlySet<string>;
  readonly #byTypeName = new Map<string, Set<Implementer>>();
  readonly #declarations = new Map<Node, readonly NodeHandle[]>();
  readonly #heirs = new Map<Node, readonly Node[]>();

  constructor(project: Project) {
    const files = getOwnFiles(project);
    this.#project = project;
    this.#isWhole = isConfigured(project);
    this.#names = new TypeNames(files);
    this.#implicitMembers = new Set(files.flatMap((file) => [...getImplicitMembers(file)]));
    for (const implementer of files.flatMap(getImplementers))
      for (const type of implementer.types) this.#add(implementer, findTypeName(type));
  }

  /** May there be a member of this name anywhere that runs without a call? */
  hasImplicitMember(name: string): boolean {
    return this.#implicitMembers.has(name);
  }

  /** All that is of the type of a class or an interface, at whatever remove. */
  getHeirs(declaration: Node): readonly Node[] {
    let heirs = this.#heirs.get(declaration);
    if (!heirs) {
      const found = new Set([declaration]);
      for (const node of found) for (const heir of this.#getDirectHeirs(node)) found.add(heir);
      found.delete(declaration);
      heirs = [...found];
      this.#heirs.set(declaration, heirs);
    }
    return heirs;
  }

  /** The class itself, and the classes of the workspace that it extends. */
  getChain(declaration: Node): ReadonlySet<Node> {
    const chain = new Set([declaration]);
    for (const node of chain) {
      const base = this.#findBase(node);
      if (base) chain.add(base);
    }
    return chain;
  }

  #add(implementer: Implementer, name: string | undefined): void {
    if (name !== undefined) this.#byTypeName.set(name, (this.#byTypeName.get(name) ?? new Set()).add(implementer));
  }

  #findBase(declaration: Node): Node | undefined {
    if (!isClassDeclaration(declaration) && !isClassExpression(declaration)) return undefined;
    const clause = declaration.heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword);
    const [base] = clause ? this.#getDeclarations([...clause.types]) : [];
    return base?.resolve(this.#project);
  }

  #getDirectHeirs(declaration: Node): Node[] {
    const names = this.#names.getNames(declaration);
    const candidates = [...names].flatMap((name) => [...(this.#byTypeName.get(name) ?? [])]);
    if (candidates.length === 0) return [];
    this.#getDeclarations(candidates.flatMap(({ types }) => types));
    const id = getNodeId(declaration);
    return candidates
      .filter(({ types }) => this.#getDeclarations(types).some((handle) => getHandleId(handle) === id))
      .map(({ node }) => node)
      .filter((node) => this.#isWhole || node.getSourceFile() === declaration.getSourceFile());
  }

  /** The declarations behind types as they are written, asked in one request. */
  #getDeclarations(types: readonly Node[]): NodeHandle[] {
    const unknown = types.filter((type) => !this.#declarations.has(type));
    getTypesAt(unknown, this.#project).forEach((type, index) => {
      this.#declarations.set(unknown[index] as Node, type ? findDeclarations(type) : []);
    });
    return types.flatMap((type) => this.#declarations.get(type) ?? []);
  }
}

function findDeclarations(type: Type): NodeHandle[] {
  const members = type.isIntersectionType() ? getMembers(type) : [type];
  return members.flatMap((member) => member.getSymbol()?.declarations.filter(isInWorkspace) ?? []);
}
