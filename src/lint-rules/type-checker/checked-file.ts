import type { TSESTree } from "@typescript-eslint/utils";
import { findContextualTypeAt, findTypeAt, getTypesAt } from "./ask-types.js";
import type { Node, SourceFile } from "./ast.js";
import { foresee } from "./foreseen.js";
import { findDeclaration, findNode } from "./find-node.js";
import type { Project, Type } from "./types.js";

/** A file in its project, for questions about the nodes that a rule sees. */
export class CheckedFile {
  readonly project: Project;
  readonly sourceFile: SourceFile;
  readonly #found = new Map<TSESTree.Node, Node | undefined>();

  constructor(project: Project, sourceFile: SourceFile) {
    this.project = project;
    this.sourceFile = sourceFile;
  }

  /** The checker's node for an expression or a name of the linted file. */
  find(node: TSESTree.Node): Node | undefined {
    if (!this.#found.has(node)) this.#found.set(node, findNode(this.sourceFile, node.range[0], node.range[1]));
    return this.#found.get(node);
  }

  /** The checker's node for a declaration, which may have modifiers that the linter's node leaves out. */
  findDeclaration(node: TSESTree.Node, isWanted: (node: Node) => boolean): Node | undefined {
    return findDeclaration(this.sourceFile, node.range[0], node.range[1], isWanted);
  }

  /** Has the types of these nodes asked together with the next ones. */
  foresee(nodes: readonly TSESTree.Node[]): void {
    foresee(
      nodes.map((node) => this.find(node)).filter((node) => node !== undefined),
      this.project,
    );
  }

  /** The types of all these nodes, asked in one request. */
  getTypes(nodes: readonly TSESTree.Node[]): (Type | undefined)[] {
    const found = nodes.map((node) => this.find(node));
    const known = found.filter((node) => node !== undefined);
    const types = getTypesAt(known, this.project);
    let next = 0;
    return found.map((node) => (node ? types[next++] : undefined));
  }

  /** The type of one node. Prefer {@link getTypes} for more than one. */
  findType(node: TSESTree.Node): Type | undefined {
    const found = this.find(node);
    return found && findTypeAt(found, this.project);
  }

  /** The type that the place of an expression asks for: of the parameter, property or variable that it is for. */
  findContextualType(node: TSESTree.Node): Type | undefined {
    const found = this.find(node);
    return found && findContextualTypeAt(found, this.project);
  }
}
