/** A node of the syntax tree as the parser gives it, in ESTree's vocabulary. */
export interface SyntaxNode {
  readonly type: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** The nodes directly below, in the order of their fields. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

/** Is this value of a field a node? */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** The nodes around a place, outermost first. A place between two of them belongs to the one that begins there. */
export function findNodesAt(node: SyntaxNode, start: number, end: number): SyntaxNode[] {
  const inner = childrenOf(node).find((child) => child.start <= start && end <= child.end && start < child.end);
  return inner ? [node, ...findNodesAt(inner, start, end)] : [node];
}

/** The name that a declaration gives to what is inside of it: of a function, class, method, property or variable. */
export function findDeclaredName(node: SyntaxNode): string | undefined {
  const isNaming = /Declaration$|^(?:Class|Function)Expression$|Definition$|^Property$|^VariableDeclarator$/.test(
    node.type,
  );
  const name = isNaming ? (node["id"] ?? node["key"]) : undefined;
  if (!isNode(name)) return undefined;
  return String(name["name"] ?? name["value"] ?? "*");
}

/** Is this a statement, a member of a class or a property of an object: something with a line of its own? */
export function isStatement({ type }: SyntaxNode): boolean {
  return /(?:Statement|Declaration|Definition|^Property)$/.test(type) && !isBlock(type);
}

/** What a node says, without what no formatter respects, and without the code in blocks below it. */
export function printNode(node: SyntaxNode): string {
  return JSON.stringify(node, (field, value: unknown) => simplify(field, value));
}

function simplify(field: string, value: unknown): unknown {
  if (layoutFields.has(field)) return undefined;
  if (typeof value === "bigint") return String(value);
  if (!isNode(value)) return value;
  if (isBlock(value.type)) return value.type;
  if (value.type === "JSXText") return String(value["value"]).replace(/\s+/g, " ");
  // `{ "a": 1 }` and `{ a: 1 }` are the same; a computed key is told apart by its property.
  if (field === "key") return value["name"] ?? value["value"] ?? value;
  return value;
}

const layoutFields: ReadonlySet<string> = new Set(["start", "end", "range", "loc", "raw", "parent"]);

function isBlock(type: string): boolean {
  return (
    type === "BlockStatement" ||
    type === "SwitchCase" ||
    type === "ClassBody" ||
    type === "StaticBlock" ||
    type === "TSModuleBlock"
  );
}
