import { findTypeAt } from "../type-checker/ask-types.js";
import {
  type CallExpression,
  type Identifier,
  type Node,
  type ObjectLiteralExpression,
  type SourceFile,
  isArrayLiteralExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isNamedImports,
  isNamespaceImport,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isShorthandPropertyAssignment,
  isSpreadElement,
  isStringLiteral,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { findDefinitionProperty, getPropertyValue } from "../syntax/definition-property.js";
import { skipWrappers } from "../type-checker/skip-wrappers.js";
import type { Project } from "../type-checker/types.js";
import { defineModule, dependencies, optionalDependencies, runtimePackage } from "../runtime-vocabulary.js";
import { findConstantValue, findText } from "./constant.js";
import { getDeclaredName } from "./declared-name.js";

/** A module as its `defineModule` call declares it. */
export interface ModuleDefinition {
  readonly call: CallExpression;
  /** The object that it is given, wherever that is written. */
  readonly object: ObjectLiteralExpression;
  readonly id: string;
  readonly dependencies: readonly Dependency[];
  /** Are these all its dependencies, or may there be more that only running the code would tell? */
  readonly isComplete: boolean;
}

/** A module that another one names. */
export interface Dependency {
  readonly id: string;
  /** The range of versions that it asks for, where it does and it is known. */
  readonly version?: string;
  readonly isOptional: boolean;
  /** Where the file of the call names it. */
  readonly node: Node;
}

/** What a file says of its modules in so many words holds as long as its tree does. */
const writtenOut = new WeakMap<SourceFile, readonly ModuleDefinition[]>();

/** The modules that a file defines with an id that is known without running it. */
export function findModuleDefinitions(sourceFile: SourceFile, project: Project): readonly ModuleDefinition[] {
  const known = writtenOut.get(sourceFile);
  if (known) return known;
  const found = findDefineModuleCalls(sourceFile, project).flatMap((call) => {
    const object = findDefinitionObject(call, project);
    return (object && readDefinition(call, object, project)) ?? [];
  });
  if (getCandidates(sourceFile).every(isWrittenOut)) writtenOut.set(sourceFile, found);
  return found;
}

/** Does the call tell its id and its dependencies by literals, so that no other file has a say in it? */
function isWrittenOut({ call, isCertain }: Candidate): boolean {
  const [object] = call.arguments;
  if (!isCertain || !object || !isObjectLiteralExpression(object)) return false;
  return ["id", dependencies, optionalDependencies].every((name) => {
    const property = findDefinitionProperty(object, name);
    const value = property && property !== "unknown" ? getPropertyValue(property) : property;
    return value === undefined || (value !== "unknown" && isLiteral(value));
  });
}

function isLiteral(value: Node): boolean {
  return isStringLiteral(value) || (isArrayLiteralExpression(value) && value.elements.every(isStringLiteral));
}

/** The calls of the runtime's `defineModule`, by whatever name it was imported. */
export function findDefineModuleCalls(sourceFile: SourceFile, project: Project): CallExpression[] {
  return getCandidates(sourceFile)
    .filter(({ call, isCertain }) => isCertain || isDefineModule(call, project))
    .map(({ call }) => call);
}

/** The object literal that `defineModule` is given; `undefined` where that is made in another way. */
export function findDefinitionObject(call: CallExpression, project: Project): ObjectLiteralExpression | undefined {
  const [argument] = call.arguments;
  const value = argument && findConstantValue(argument, project);
  return value && isObjectLiteralExpression(value) ? value : undefined;
}

interface Candidate {
  readonly call: CallExpression;
  /** The file itself imports the function from the runtime; otherwise the checker has to tell. */
  readonly isCertain: boolean;
}

/** An unchanged file keeps its tree when other files change, and with it what was found in it. */
const candidates = new WeakMap<SourceFile, readonly Candidate[]>();

function getCandidates(sourceFile: SourceFile): readonly Candidate[] {
  let found = candidates.get(sourceFile);
  if (!found) candidates.set(sourceFile, (found = collectCandidates(sourceFile)));
  return found;
}

function collectCandidates(sourceFile: SourceFile): Candidate[] {
  if (!sourceFile.text.includes(defineModule)) return [];
  const names = readImportedNames(sourceFile);
  const calls: CallExpression[] = [];
  visit(sourceFile);
  return calls.flatMap((call) => {
    const origin = names.get(call.expression.getText());
    const isNamed = origin !== undefined || getCalleeName(call.expression) === defineModule;
    return isNamed ? { call, isCertain: origin === "runtime" } : [];
  });

  function visit(node: Node): void {
    if (isCallExpression(node)) calls.push(node);
    else if (isDeclaration(node) && declaresDefineModule(node, names)) names.set(node.name.text, "elsewhere");
    node.forEachChild(visit);
  }
}

type Declaration = Node & { readonly name: Identifier; readonly initializer?: Node; readonly propertyName?: Node };

/** What gives a name to a value within the file. */
function isDeclaration(node: Node & { readonly name?: Node | undefined }): node is Declaration {
  const isVariable = isVariableDeclaration(node) || isBindingElement(node) || isParameterDeclaration(node);
  return (isVariable || isFunctionDeclaration(node)) && node.name !== undefined && isIdentifier(node.name);
}

/** Another name for the function, or the same name for another one. */
function declaresDefineModule(node: Declaration, names: ReadonlyMap<string, Origin>): boolean {
  if (names.has(node.name.text)) return true;
  return [node.initializer, node.propertyName].some((origin) => {
    const text = origin && skipWrappers(origin).getText();
    return text !== undefined && (text === defineModule || names.has(text));
  });
}

type Origin = "runtime" | "elsewhere";

/** How the file may call `defineModule`, and whether it has it from the runtime itself. */
function readImportedNames(sourceFile: SourceFile): Map<string, Origin> {
  const names = new Map<string, Origin>();
  for (const statement of sourceFile.statements) {
    if (!isImportDeclaration(statement) || !isStringLiteral(statement.moduleSpecifier)) continue;
    const origin = statement.moduleSpecifier.text === runtimePackage ? "runtime" : "elsewhere";
    const bindings = statement.importClause?.namedBindings;
    if (!bindings) continue;
    if (isNamespaceImport(bindings)) names.set(`${bindings.name.text}.${defineModule}`, origin);
    else if (isNamedImports(bindings)) {
      for (const { name, propertyName } of bindings.elements)
        if ((propertyName ?? name).text === defineModule) names.set(name.text, origin);
    }
  }
  return names;
}

function getCalleeName(callee: Node): string | undefined {
  if (isIdentifier(callee)) return callee.text;
  if (isPropertyAccessExpression(callee)) return callee.name.text;
  if (!isElementAccessExpression(callee) || !isStringLiteral(callee.argumentExpression)) return undefined;
  return callee.argumentExpression.text;
}

function isDefineModule({ expression }: CallExpression, project: Project): boolean {
  const symbol = findTypeAt(expression, project)?.getSymbol();
  return symbol?.name === defineModule && getDeclaredName(symbol, project).module === runtimePackage;
}

function readDefinition(
  call: CallExpression,
  object: ObjectLiteralExpression,
  project: Project,
): ModuleDefinition | undefined {
  const id = findPropertyText(object, "id", project);
  if (id === undefined) return undefined;
  const lists = [dependencies, optionalDependencies].map((list) => readList(call, object, list, project));
  return {
    call,
    object,
    id,
    dependencies: lists.flatMap(({ entries }) => entries),
    isComplete: lists.every((list) => list.isComplete),
  };
}

interface List {
  readonly entries: readonly Dependency[];
  readonly isComplete: boolean;
}

function readList(call: CallExpression, object: ObjectLiteralExpression, name: string, project: Project): List {
  const property = findDefinitionProperty(object, name);
  if (property === undefined) return { entries: [], isComplete: true };
  const value = property === "unknown" ? undefined : getPropertyValue(property);
  if (!value) return { entries: [], isComplete: false };
  const elements = readElements(value, project);
  const entries = elements.flatMap((element) => {
    const named = readDependency(element, project);
    if (!named) return [];
    const node = [element, value].find((place) => place.getSourceFile() === call.getSourceFile()) ?? call.expression;
    return { ...named, isOptional: name === optionalDependencies, node };
  });
  return { entries, isComplete: entries.length === elements.length };
}

/** The elements of an array literal, and those of the arrays spread into it. */
function readElements(expression: Node, project: Project, within: readonly Node[] = []): Node[] {
  const value = findConstantValue(expression, project);
  if (!isArrayLiteralExpression(value) || within.includes(value)) return [expression];
  return value.elements.flatMap((element) =>
    isSpreadElement(element) ? readElements(element.expression, project, [...within, value]) : [element],
  );
}

/** `"core.database"`, or `{ id: "core.database", version: "^1" }`. */
function readDependency(element: Node, project: Project): Pick<Dependency, "id" | "version"> | undefined {
  const value = findConstantValue(element, project);
  const isObject = isObjectLiteralExpression(value);
  const id = isObject ? findPropertyText(value, "id", project) : findText(element, project);
  const version = isObject ? findPropertyText(value, "version", project) : undefined;
  return id === undefined ? undefined : { id, ...(version !== undefined && { version }) };
}

/** The text that a property of a definition is known to be, without running it. */
export function findPropertyText(object: ObjectLiteralExpression, name: string, project: Project): string | undefined {
  const property = findDefinitionProperty(object, name);
  const value = property && property !== "unknown" ? getPropertyValue(property) : undefined;
  if (!value || !isShorthandPropertyAssignment(value)) return value && findText(value, project);
  // The type at such a name is the property's, which is wider than that of the constant.
  const constant = findConstantValue(value, project);
  return findText(constant === value ? value.name : constant, project);
}
