import type { Block, CallExpression, Node, ObjectLiteralExpression } from "ts-morph";
import type { EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { fillBraces, indentationOf, indentationUnit, insertAfter, insertBefore, insertProperty } from "./placement.js";

/** A lifecycle hook of a module. */
export interface Hook {
  readonly body: Block;
  /** What the hook calls its context. */
  readonly context: string;
}

/** The object that the file gives to `defineModule`. */
export function getModuleDefinition(file: EditedFile): ObjectLiteralExpression {
  const [call] = callsOf(file, file.source, "defineModule");
  const definition = call?.getArguments()[0];
  if (file.morph.Node.isObjectLiteralExpression(definition)) return definition;
  throw anchorMissing(file, "defineModule({ … }) with its properties written out");
}

/** A hook that is written out in the definition; `undefined` when the definition does not name it. */
export function findHook(file: EditedFile, name: string): Hook | undefined {
  const property = getModuleDefinition(file).getProperty(name);
  if (property === undefined) return undefined;
  const { Node } = file.morph;
  const hook = Node.isPropertyAssignment(property) ? property.getInitializer() : property;
  if (!Node.isMethodDeclaration(hook) && !Node.isArrowFunction(hook) && !Node.isFunctionExpression(hook)) {
    throw anchorMissing(file, `hook ${name} that is written out in defineModule({ … })`);
  }
  const body = hook.getBody();
  const context = hook.getParameters()[0]?.getNameNode();
  if (!Node.isBlock(body)) throw anchorMissing(file, `hook ${name} with a body in braces`);
  if (!Node.isIdentifier(context))
    throw anchorMissing(file, `hook ${name} with a plain parameter, such as ${name}(context)`);
  return { body, context: context.getText() };
}

/** Adds a hook of one statement, behind another hook or behind the last property. */
export function addHook(file: EditedFile, name: string, behind: string, statement: string): void {
  const definition = getModuleDefinition(file);
  const anchor = definition.getProperty(behind) ?? definition.getProperties().at(-1);
  if (anchor === undefined) throw anchorMissing(file, "property in defineModule({ … })");
  const outer = indentationOf(anchor);
  const body = `\n${outer}${indentationUnit(file)}${statement}\n${outer}`;
  insertProperty(file, anchor, `async ${name}(context) {${body}}`, true);
}

/** Adds a statement at the end of a hook, before its `return`; the hook too, behind another property, where there is none. */
export function addStatement(
  file: EditedFile,
  { hook: name, behind, line }: { hook: string; behind: string; line: (context: string) => string },
): void {
  const hook = findHook(file, name);
  if (hook === undefined) return addHook(file, name, behind, line("context"));
  const last = hook.body.getStatements().at(-1);
  const statement = line(hook.context);
  if (last === undefined) fillBraces(file, hook.body, [statement]);
  else if (file.morph.Node.isReturnStatement(last)) insertBefore(file, last, [statement]);
  else insertAfter(file, last, [statement]);
}

/** The calls of a function or method of this name below a node. */
export function callsOf({ morph }: EditedFile, node: Node, name: string): CallExpression[] {
  return node.getDescendantsOfKind(morph.SyntaxKind.CallExpression).filter((call) => {
    const callee = call.getExpression();
    return (morph.Node.isPropertyAccessExpression(callee) ? callee.getName() : callee.getText()) === name;
  });
}

/** True when the first argument of a call is this string. */
export function isGiven({ morph }: EditedFile, call: CallExpression, text: string): boolean {
  const argument = call.getArguments()[0];
  return morph.Node.isStringLiteral(argument) && argument.getLiteralText() === text;
}

/** True when the first argument of a call is this name. */
export function isFirstArgument(call: CallExpression, name: string): boolean {
  return call.getArguments()[0]?.getText() === name;
}
