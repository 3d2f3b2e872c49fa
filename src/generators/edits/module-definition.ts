import type { Block, CallExpression, Node, ObjectLiteralExpression } from "ts-morph";
import type { EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { indentationOf, indentationUnit, insertProperty } from "./placement.js";

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
  insertProperty(file, anchor, `async ${name}(context) {${body}}`);
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
