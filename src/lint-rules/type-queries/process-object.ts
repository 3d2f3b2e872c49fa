import { type Node, isIdentifier, isPropertyAccessExpression } from "../type-checker/ast.js";
import { rememberById } from "../type-checker/remember.js";
import { type CheckerSymbol, type Project, type Type, TypeFlags } from "../type-checker/types.js";
import { getDeclaredName } from "./declared-name.js";
import { findImportedName } from "./imported-name.js";
import { getConstituents } from "./promise.js";

/** Is it the type of Node's `process`? */
export const isProcess = rememberById((type: Type, project): boolean => {
  const symbol = type.getSymbol();
  if (symbol?.name !== "Process") return false;
  const { module, container } = getDeclaredName(symbol, project);
  return module === "process" || (module === "" && container === "NodeJS");
});

/** Is it Node's `process.exit`, or another method of it that ends the process at once? */
export const endsProcess = rememberById((symbol: CheckerSymbol, project): boolean => {
  if (!endingNames.has(symbol.name)) return false;
  const { module, container } = getDeclaredName(symbol, project);
  return container === "Process" && (module === "" || module === "process");
});

const endingNames: ReadonlySet<string> = new Set(["abort", "exit", "reallyExit"]);

/** The same by name, for code that nothing describes `process` to. */
export function endsProcessByName(callee: Node, project: Project): boolean {
  const imported = findImportedName(callee, project);
  if (imported) return imported.module === "process" && endingNames.has(imported.name);
  return isPropertyAccessExpression(callee) && endingNames.has(callee.name.text)
    ? isProcessByName(callee.expression, project)
    : false;
}

/** Is it what is called `process`, in code that nothing describes it to? */
export function isProcessByName(node: Node, project: Project): boolean {
  const imported = findImportedName(node, project);
  if (imported) return imported.module === "process" && imported.name === "";
  if (!isIdentifier(node) || node.text !== "process") return false;
  return (project.checker.getSymbolAtLocation(node)?.declarations.length ?? 0) === 0;
}

/** The signals that ask a process to end, among the strings that a value of this type can be. */
export function findEndingSignals(type: Type, project: Project): string[] {
  return getConstituents(type)
    .filter(({ flags }) => flags & TypeFlags.StringLiteral)
    .map((member) => project.checker.typeToString(member).slice(1, -1))
    .filter((text) => endingSignals.has(text));
}

const endingSignals: ReadonlySet<string> = new Set(["SIGBREAK", "SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"]);
