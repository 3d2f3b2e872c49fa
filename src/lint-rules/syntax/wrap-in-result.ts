import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { PublicMethod } from "./class-member.js";
import { hasBody } from "./async-method.js";
import { insertAwait } from "./insert-await.js";

type Fix = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];

/** What a method returns, as far as its text tells. */
export interface Returned {
  /** The expressions that it returns. */
  readonly values: readonly TSESTree.Expression[];
  /** `return;` */
  readonly empty: readonly TSESTree.ReturnStatement[];
  /** The block whose end the method may reach, and then returns nothing. */
  readonly open: TSESTree.BlockStatement | undefined;
}

/** What an async method returns; `undefined` where its end may be reached beside values, or a value is hard to enclose. */
export function findReturned(
  method: PublicMethod,
  statements: readonly TSESTree.ReturnStatement[],
): Returned | undefined {
  if (!hasBody(method)) return { values: [], empty: [], open: undefined };
  const { body } = method.value;
  if (body.type !== "BlockStatement")
    return isEnclosable(body) ? { values: [body], empty: [], open: undefined } : undefined;
  const values = statements.flatMap(({ argument }) => argument ?? []);
  const empty = statements.filter(({ argument }) => argument === null);
  const open = leaves(body) ? undefined : body;
  const isMixed = values.length > 0 && (open !== undefined || empty.length > 0);
  return isMixed || !values.every(isEnclosable) ? undefined : { values, empty, open };
}

function isEnclosable({ type }: TSESTree.Expression): boolean {
  return type !== "SequenceExpression";
}

/** Does a statement surely end the method? */
function leaves(statement: TSESTree.Statement | null | undefined): boolean {
  switch (statement?.type) {
    case "ReturnStatement":
    case "ThrowStatement":
      return true;
    case "BlockStatement":
      return leaves(statement.body.at(-1));
    case "IfStatement":
      return leaves(statement.consequent) && leaves(statement.alternate);
    case "TryStatement":
      return (
        leaves(statement.finalizer) ||
        (leaves(statement.block) && (!statement.handler || leaves(statement.handler.body)))
      );
    default:
      return false;
  }
}

/** The `T` of a declared `Promise<T>`; `"none"` where nothing is declared, `undefined` for every other type. */
export function findDeclaredPromise(method: PublicMethod): TSESTree.TypeNode | "none" | undefined {
  if (method.type === "PropertyDefinition" && method.typeAnnotation) return undefined;
  const { returnType } = method.value as TSESTree.FunctionExpression;
  if (!returnType) return "none";
  const { typeAnnotation: type } = returnType;
  const isPromise =
    type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "Promise";
  return isPromise ? type.typeArguments?.params[0] : undefined;
}

/** `Promise<T>` → `Promise<Result<T>>`, `return value;` → `return Result.success(value);` */
export function wrapInResult(
  { values, empty, open }: Returned,
  declared: TSESTree.TypeNode | "none",
  /** Those of the values that are promises. */
  promised: ReadonlySet<TSESTree.Expression>,
  result: string,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Fix {
  const nothing = `${result}.success(undefined)`;
  return (fixer) => [
    ...(declared === "none"
      ? []
      : [fixer.insertTextBefore(declared, `${result}<`), fixer.insertTextAfter(declared, ">")]),
    ...values.flatMap((value) => [
      fixer.insertTextBefore(value, `${result}.success(`),
      ...(promised.has(value) ? insertAwait(value, fixer) : []),
      fixer.insertTextAfter(value, ")"),
    ]),
    ...empty.map((statement) => fixer.insertTextAfter(getKeyword(statement, sourceCode), ` ${nothing}`)),
    ...(open ? [appendStatement(open, `return ${nothing};`, sourceCode, fixer)] : []),
  ];
}

function getKeyword(statement: TSESTree.ReturnStatement, sourceCode: Readonly<TSESLint.SourceCode>): TSESTree.Token {
  return sourceCode.getFirstToken(statement) as TSESTree.Token;
}

/** On a line of its own in a body of several lines. */
function appendStatement(
  body: TSESTree.BlockStatement,
  statement: string,
  { text }: Readonly<TSESLint.SourceCode>,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix {
  const end = body.range[1] - 1;
  const [, newline, indent] = /(\r?\n)([ \t]*)$/.exec(text.slice(0, end)) ?? [];
  if (newline === undefined || indent === undefined)
    return fixer.insertTextBeforeRange([end, end], `${/\s/.test(text[end - 1] ?? "") ? "" : " "}${statement} `);
  const at = end - indent.length - newline.length;
  return fixer.insertTextAfterRange([at, at], `${newline}${indent}  ${statement}`);
}
