import type { ReturnStatement } from "ts-morph";
import { camelCase, lastSegment } from "../names.js";
import type { Edit, EditedFile } from "./edit.js";
import { addHook, callsOf, findHook, isGiven } from "./module-definition.js";
import { fillBraces, insertAfter, insertBefore } from "./placement.js";
import { styleOf, type Style } from "./style.js";

/** Initializes a service in the module's `setupModule`, after the others; the first Failure ends the hook. */
export function initializeService(id: string): Edit {
  return (file) => {
    const style = styleOf(file);
    const hook = findHook(file, "setupModule");
    const { context, body } = hook ?? { context: "context" };
    const initialization = `${context}.getService(${style.quote(id)}).initialize(${context})`;
    const returnIt = `return ${initialization}${style.end}`;
    if (body === undefined) return addHook(file, "setupModule", "initialize", returnIt);
    if (callsOf(file, body, "getService").some((call) => isGiven(file, call, id))) return;
    const last = body.getStatements().at(-1);
    if (last === undefined) return fillBraces(file, body, [returnIt]);
    if (!file.morph.Node.isReturnStatement(last)) return insertAfter(file, last, [returnIt]);
    if (last.getExpression() === undefined) return file.replace(last.getStart(), last.getEnd(), returnIt);
    const returnedId = findInitializedService(file, last);
    if (returnedId === undefined) return insertBefore(file, last, awaitLines(id, initialization, style));
    keepReturned(file, last, returnedId, style);
    insertAfter(file, last, [failFast(returnedId, style), returnIt]);
  };
}

/** The id in `return context.getService("orders").initialize(context)`. */
function findInitializedService(file: EditedFile, statement: ReturnStatement): string | undefined {
  const { Node } = file.morph;
  const [initialize] = callsOf(file, statement, "initialize");
  const [getService] = callsOf(file, statement, "getService");
  const argument = getService?.getArguments()[0];
  return initialize !== undefined && Node.isStringLiteral(argument) ? argument.getLiteralText() : undefined;
}

/** Makes `const ordersReady = await …` of `return …`. */
function keepReturned(file: EditedFile, statement: ReturnStatement, id: string, { end }: Style): void {
  const { Node } = file.morph;
  const returned = statement.getExpressionOrThrow();
  const promise = Node.isAwaitExpression(returned) ? returned.getExpression() : returned;
  file.replace(statement.getStart(), promise.getStart(), `const ${readyName(id)} = await `);
}

function awaitLines(id: string, initialization: string, style: Style): string[] {
  return [`const ${readyName(id)} = await ${initialization}${style.end}`, failFast(id, style)];
}

function failFast(id: string, { end }: Style): string {
  return `if (!${readyName(id)}.success) return ${readyName(id)}${end}`;
}

function readyName(id: string): string {
  return `${camelCase(lastSegment(id))}Ready`;
}
