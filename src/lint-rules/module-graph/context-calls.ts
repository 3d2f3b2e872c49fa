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
import { createCertainty } from "./certain-context.js";

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

/**
 * The calls of contexts in a file, recognised by their declaration. What is certain without the checker is not asked, and all
 * other callees in one request.
 */
export function findContextCalls(sourceFile: SourceFile, project: Project): ContextCall[] {
  const calls = mayCallContext(sourceFile.text) ? collectCandidates(sourceFile) : [];
  if (calls.length === 0) return [];
  const isCertain = createCertainty(sourceFile, project);
  const certain = new Set(calls.filter(isCertain));
  const asked = calls.filter((call) => !certain.has(call)).map(({ expression }) => expression);
  const types = new Map(getTypesAt(asked, project).map((type, index) => [asked[index], type]));
  return calls.flatMap((call) => {
    const symbol = types.get(call.expression)?.getSymbol();
    const name = certain.has(call)
      ? getWrittenName(call)
      : symbol && names.has(symbol.name)
        ? findContextCall([symbol], project)
        : undefined;
    const [argument] = call.arguments;
    return name === undefined || !names.has(name) || !argument ? [] : { name, call, argument };
  });
}

function getWrittenName({ expression }: CallExpression): string | undefined {
  return isPropertyAccessExpression(expression) ? expression.name.text : undefined;
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
