import {
  eventCalls,
  optionalServiceCall,
  publishCalls,
  serviceCalls,
  serviceRegistrations,
} from "../runtime-vocabulary.js";
import { getTypesAt } from "../type-checker/ask-types.js";
import {
  type CallExpression,
  type Node,
  type SourceFile,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteral,
} from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import { findContextCall } from "../type-queries/context-call.js";

/** A call of a module's context that has to do with services or events. */
export interface ContextCall {
  /** As the runtime calls it, whatever the code does. */
  readonly name: string;
  readonly call: CallExpression;
  /** What tells the id. */
  readonly argument: Node;
}

export const kindsOfCall = {
  service: new Set<string>(serviceRegistrations),
  use: new Set<string>([...serviceCalls, optionalServiceCall]),
  publication: new Set<string>(publishCalls),
  subscription: new Set<string>(eventCalls),
} as const;

const names: ReadonlySet<string> = new Set(Object.values(kindsOfCall).flatMap((kind) => [...kind]));
const anyName = new RegExp(`\\b(?:${[...names].join("|")})\\b`);

/** Can there be such calls in this text? */
export function mayCallContext(text: string): boolean {
  return anyName.test(text);
}

/** The calls of contexts in a file, recognised by their declaration. All callees are asked for in one request. */
export function findContextCalls(sourceFile: SourceFile, project: Project): ContextCall[] {
  const calls = mayCallContext(sourceFile.text) ? collectCandidates(sourceFile) : [];
  const types = getTypesAt(
    calls.map(({ expression }) => expression),
    project,
  );
  return calls.flatMap((call, index) => {
    const symbol = types[index]?.getSymbol();
    const name = symbol && names.has(symbol.name) ? findContextCall([symbol], project) : undefined;
    const [argument] = call.arguments;
    return name === undefined || !argument ? [] : { name, call, argument };
  });
}

/** Calls by one of the names, and those of a mere name: it may stand for a method that was taken out of the context. */
function collectCandidates(sourceFile: SourceFile): CallExpression[] {
  const found: CallExpression[] = [];
  visit(sourceFile);
  return found;

  function visit(node: Node): void {
    if (isCallExpression(node) && node.arguments.length > 0 && isCandidate(node.expression)) found.push(node);
    node.forEachChild(visit);
  }
}

function isCandidate(callee: Node): boolean {
  if (isIdentifier(callee)) return true;
  if (isPropertyAccessExpression(callee)) return names.has(callee.name.text);
  if (!isElementAccessExpression(callee)) return false;
  const { argumentExpression: name } = callee;
  return !isStringLiteral(name) || names.has(name.text);
}
