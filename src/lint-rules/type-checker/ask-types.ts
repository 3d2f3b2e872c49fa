import type { Expression, Node } from "./ast.js";
import { takeForeseen } from "./foreseen.js";
import type { Project, Type, TypeReference, UnionOrIntersectionType } from "./types.js";

/** The types at the nodes, asked in one request; nothing for one that cannot be described. */
export function getTypesAt(nodes: readonly Node[], project: Project): readonly (Type | undefined)[] {
  if (nodes.length === 0) return [];
  const { checker } = project;
  const types = describe(() => checker.getTypeAtLocation([...nodes, ...takeForeseen(project)]));
  return types?.slice(0, nodes.length) ?? nodes.map((node) => describe(() => checker.getTypeAtLocation(node)));
}

/** The type at a node, unless it cannot be described. */
export function findTypeAt(node: Node, { checker }: Project): Type | undefined {
  return describe(() => checker.getTypeAtLocation(node));
}

/** The type that an expression's place asks for, unless it asks for none or for one that cannot be described. */
export function findContextualTypeAt(node: Node, { checker }: Project): Type | undefined {
  return describe(() => checker.getContextualType(node as Expression));
}

/** What a union or an intersection consists of; nothing if one of these types cannot be described. */
export function getMembers(type: UnionOrIntersectionType): readonly Type[] {
  return describe(() => type.getTypes()) ?? [];
}

/** The arguments of a generic type, as `T` of `Promise<T>`; nothing if one of these types cannot be described. */
export function getTypeArguments(type: TypeReference, { checker }: Project): readonly Type[] {
  return describe(() => checker.getTypeArguments(type)) ?? [];
}

/**
 * TypeScript 7.0.2 fails to describe the type of an empty literal in a place for a tuple, as of the inner one in
 * `[[]] as const`, and works on after that. Every other failure is thrown.
 */
function describe<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("panic: interface conversion: checker.TypeData"))
      return undefined;
    throw error;
  }
}
