import type { Node, SourceFile } from "./ast.js";

const statementsByFile = new WeakMap<SourceFile, readonly Node[]>();

/** The innermost node that covers exactly the range `[start, end)` of the text, comments before it left out. */
export function findNode(sourceFile: SourceFile, start: number, end: number): Node | undefined {
  let found: Node | undefined;
  let current: Node | undefined = findStatement(sourceFile, start, end);
  while (current) {
    if (current.end === end && current.getStart(sourceFile) === start) found = current;
    current = current.forEachChild((child) => (covers(child, start, end) ? child : undefined));
  }
  return found;
}

/** The outermost declaration that ends at `end` and covers `start`; its modifiers and decorators may stand before it. */
export function findDeclaration(
  sourceFile: SourceFile,
  start: number,
  end: number,
  isWanted: (node: Node) => boolean,
): Node | undefined {
  let current: Node | undefined = findStatement(sourceFile, start, end);
  while (current && !(current.end === end && isWanted(current))) {
    current = current.forEachChild((child) => (covers(child, start, end) ? child : undefined));
  }
  return current;
}

function findStatement(sourceFile: SourceFile, start: number, end: number): Node | undefined {
  const statements = getStatements(sourceFile);
  let low = 0;
  let high = statements.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const statement = statements[middle] as Node;
    if (covers(statement, start, end)) return statement;
    if (statement.end <= start) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** The checker's own list walks from one to the next at each access. */
function getStatements(sourceFile: SourceFile): readonly Node[] {
  let statements = statementsByFile.get(sourceFile);
  if (!statements) statementsByFile.set(sourceFile, (statements = [...sourceFile.statements]));
  return statements;
}

function covers(node: Node, start: number, end: number): boolean {
  return node.pos <= start && node.end >= end;
}
