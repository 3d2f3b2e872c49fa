import type { Node } from "../type-checker/ast.js";
import type { CheckerSymbol } from "../type-checker/types.js";

/** Code that runs from top to bottom when it is entered: a function's body, a class's construction, a file's top level. */
export interface Unit {
  /** The checker's name for the node, the same in every file that refers to it. */
  readonly id: string;
  readonly node: Node;
  readonly kind: "function" | "getter" | "setter" | "construction" | "top level";
  /** As a path prints it: `readJson`, `Ledger.read`, `new Ledger`; `undefined` for a callback. */
  readonly name: string | undefined;
  readonly isAsync: boolean;
  /** Its code runs when somebody iterates over it, not when it is called. */
  readonly isGenerator: boolean;
  /** The unit in whose text this one stands. */
  readonly enclosing: Unit | undefined;
  /** The call that this function is handed to as an argument. */
  readonly handedTo: Call | undefined;
  readonly parameterNames: readonly (string | undefined)[];
  /** Indexes of the parameters that it calls, or hands on to be called, while it runs. */
  readonly calledParameters: Set<number>;
  readonly calls: Call[];
}

/**
 * A place where code is entered: a call, `new`, a tagged template, a decorator, a getter or setter, an import of a
 * literal, what is iterated over, and a variable whose object `using` disposes of.
 */
export interface Call {
  readonly kind: "call" | "new" | "get" | "set" | "extends" | "import" | "iterate" | "dispose";
  readonly unit: Unit;
  readonly node: Node;
  /** The expression that says what is entered. */
  readonly callee: Node;
  readonly arguments: readonly Argument[];
  target: Target;
}

/** An argument that may be a function. */
export interface Argument {
  readonly index: number;
  readonly node: Node;
  /** The unit of a function written out as the argument. */
  unit?: Unit;
  /** What a name given as the argument stands for. */
  target: Target;
}

/** What a call enters: the symbols that declare it, and the units among them whose code is in the workspace. */
export interface Target {
  /** The checker knows no type for it (`any`): a name is all there is to go by. */
  readonly isUnknown: boolean;
  readonly symbols: readonly CheckerSymbol[];
  readonly unitIds: readonly string[];
  /** The property that it goes by, which elsewhere may be a getter or hold a function. */
  readonly member?: CheckerSymbol;
}

export const noTarget: Target = { isUnknown: false, symbols: [], unitIds: [] };

/** The last name of the callee as it is spelled: `readFile` of `fs.promises.readFile`. */
export function getSpelledName({ callee }: Call): string {
  return /([\p{ID_Continue}$#]+)(?:["'`]\])?$/u.exec(callee.getText())?.[1] ?? "";
}
