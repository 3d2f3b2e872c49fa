import type { ClassDeclaration, MethodDeclaration } from "ts-morph";
import { getClass } from "./get-class.js";
import type { Edit, EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { fillBraces, indentationUnit, insertAfter, insertBefore } from "./placement.js";
import { styleOf } from "./style.js";

/** Makes a service keep the context that it is initialized with, as `#context`. */
export function keepContext(className: string): Edit {
  return (file) => {
    const service = getClass(file, className);
    if (service.getProperty("#context") !== undefined) return;
    const { end } = styleOf(file);
    const field = `#context!: ActivationContext${end}`;
    const hook = service.getMethod("onInitialize");
    const lines = hook === undefined ? [field, "", ...hookLines(file)] : [field];
    if (hook !== undefined) keepInHook(file, hook);
    addAtTop(file, service, lines);
  };
}

function hookLines(file: EditedFile): string[] {
  const step = indentationUnit(file);
  const { end } = styleOf(file);
  return [
    "protected override async onInitialize(context: ActivationContext) {",
    `${step}this.#context = context${end}`,
    `${step}return Result.success(undefined)${end}`,
    "}",
  ];
}

function keepInHook(file: EditedFile, hook: MethodDeclaration): void {
  const [parameter] = hook.getParameters();
  const name = parameter?.getNameNode() ?? nameContext(file, hook);
  const body = hook.getBody();
  if (!file.morph.Node.isBlock(body) || (name !== "context" && !file.morph.Node.isIdentifier(name))) {
    throw anchorMissing(file, "onInitialize with a plain parameter, such as onInitialize(context)");
  }
  const line = `this.#context = ${name === "context" ? name : name.getText()}${styleOf(file).end}`;
  const first = body.getStatements()[0];
  if (first === undefined) fillBraces(file, body, [line]);
  else insertBefore(file, first, [line]);
}

/** Gives a hook without parameters its first one. */
function nameContext(file: EditedFile, hook: MethodDeclaration): "context" {
  const open = hook.getFirstChildByKindOrThrow(file.morph.SyntaxKind.OpenParenToken);
  file.insert(open.getEnd(), "context: ActivationContext");
  return "context";
}

function addAtTop(file: EditedFile, service: ClassDeclaration, lines: readonly string[]): void {
  const field = service.getInstanceProperties().at(-1) ?? service.getStaticProperties().at(-1);
  if (field !== undefined) return insertAfter(file, field, lines);
  const first = service.getMembers()[0];
  if (first === undefined) fillBraces(file, service, lines);
  else insertBefore(file, first, [...lines, ""]);
}
