import { serviceRegistrations } from "../runtime-vocabulary.js";
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

/** A call that offers a service under an id that is written out. */
export interface ServiceRegistration {
  readonly serviceId: string;
  readonly node: Node;
}

/** An unchanged file keeps its tree when other files change, and with it what was found in it. */
const registrations = new WeakMap<SourceFile, readonly ServiceRegistration[]>();

/** The services that a file registers, by the names of the calls alone: one too many only makes a rule more careful. */
export function getServiceRegistrations(sourceFile: SourceFile): readonly ServiceRegistration[] {
  let found = registrations.get(sourceFile);
  if (!found) registrations.set(sourceFile, (found = collectRegistrations(sourceFile)));
  return found;
}

function collectRegistrations(sourceFile: SourceFile): ServiceRegistration[] {
  const found: ServiceRegistration[] = [];
  if (serviceRegistrations.some((name) => sourceFile.text.includes(name))) visit(sourceFile);
  return found;

  function visit(node: Node): void {
    const serviceId = isCallExpression(node) && isRegistration(node) ? node.arguments[0] : undefined;
    if (serviceId && isStringLiteral(serviceId)) found.push({ serviceId: serviceId.text, node });
    node.forEachChild(visit);
  }
}

function isRegistration({ expression }: CallExpression): boolean {
  const name = getName(expression);
  return serviceRegistrations.some((registration) => registration === name);
}

function getName(callee: Node): string | undefined {
  if (isIdentifier(callee)) return callee.text;
  if (isPropertyAccessExpression(callee)) return callee.name.text;
  if (!isElementAccessExpression(callee) || !isStringLiteral(callee.argumentExpression)) return undefined;
  return callee.argumentExpression.text;
}
