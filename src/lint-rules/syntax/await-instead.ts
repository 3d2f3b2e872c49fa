import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type ImportedName, findImportOf, importName, isImportOf, quoteLike } from "./import-name.js";
import { removeImport } from "./remove-import.js";

type Source = Readonly<TSESLint.SourceCode>;
type Fix = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];

/** What is to be awaited instead of a call, as far as Node's modules name it. */
interface Wanted {
  readonly module: string;
  readonly name: string;
  readonly part?: string;
}

/** `readFileSync(path)` → `await readFile(path)`, with its imports; `undefined` where it is called in another way. */
export function awaitInstead(
  call: TSESTree.CallExpression,
  { module, name, part }: Wanted,
  sourceCode: Source,
): { readonly code: string; readonly fix: Fix } | undefined {
  const { callee } = call;
  if (call.optional || sourceCode.getCommentsInside(callee).length > 0) return undefined;
  const named = nameCounterpart(callee, module, name, sourceCode);
  const isUsed = call.parent.type !== "ExpressionStatement";
  const isPart = part !== undefined && isUsed;
  const needsParentheses = isPart || bindsMoreTightly(call);
  if (!named || (needsParentheses && mayContinueLine(call, sourceCode))) return undefined;
  const [before, after] = needsParentheses ? ["(await ", `)${isPart ? `.${part}` : ""}`] : ["await ", ""];
  return {
    code: named.code,
    fix: (fixer) => [
      ...named.edit(fixer),
      fixer.insertTextBefore(call, before),
      fixer.replaceText(callee, named.code),
      ...(after ? [fixer.insertTextAfter(call, after)] : []),
    ],
  };
}

type Named = Omit<ImportedName, "isNew">;

/** The counterpart by the way in which the call names its module: `import { … }`, or a default or namespace import. */
function nameCounterpart(callee: TSESTree.Node, module: string, name: string, sourceCode: Source): Named | undefined {
  const isMember = callee.type === "MemberExpression" && !callee.computed && !callee.optional;
  const root = isMember ? callee.object : callee;
  const imported = root.type === "Identifier" ? findImportOf(root, callee, sourceCode) : undefined;
  if (!imported || root.type !== "Identifier" || !isImportOf(module.replace(/\/promises$/, ""), imported.declaration))
    return undefined;
  if (isMember === (imported.specifier.type === "ImportSpecifier")) return undefined;
  const isPromise = module.endsWith("/promises");
  if (isMember && isPromise) return { code: `${root.name}.promises.${name}`, edit: () => [] };
  const own = isMember
    ? { code: `${root.name}.${name}`, edit: () => [] }
    : replaceImport(imported, name, module, callee, sourceCode);
  return isPromise ? own : own && promisify(own, callee, imported.declaration, sourceCode);
}

/** Imports the counterpart. The name of what it takes the place of goes when this was its last use. */
function replaceImport(
  { declaration, specifier, uses }: NonNullable<ReturnType<typeof findImportOf>>,
  name: string,
  module: string,
  node: TSESTree.Node,
  sourceCode: Source,
): Named | undefined {
  const imported = importName(name, module, node, declaration, sourceCode);
  if (!imported || uses > 1) return imported;
  const { code, isNew } = imported;
  const isAlone = declaration.specifiers.length === 1 && sourceCode.getCommentsInside(specifier).length === 0;
  const isSameModule = isImportOf(module, declaration);
  if (isAlone && (isNew || isSameModule) && code === name)
    return {
      code,
      edit: (fixer) => [
        fixer.replaceText(specifier, name),
        ...(isSameModule ? [] : [fixer.replaceText(declaration.source, quoteLike(declaration.source, module))]),
      ],
    };
  return {
    code,
    edit: (fixer) => [...removeImport(declaration, specifier, sourceCode, fixer), ...imported.edit(fixer)],
  };
}

function promisify(
  { code, edit }: Named,
  node: TSESTree.Node,
  near: TSESTree.ImportDeclaration,
  sourceCode: Source,
): Named | undefined {
  const imported = importName("promisify", "util", node, near, sourceCode);
  return imported && { code: `${imported.code}(${code})`, edit: (fixer) => [...edit(fixer), ...imported.edit(fixer)] };
}

/** `readFileSync(path).length` */
function bindsMoreTightly(call: TSESTree.CallExpression): boolean {
  const { parent } = call;
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === call;
    case "CallExpression":
    case "NewExpression":
      return parent.callee === call;
    case "BinaryExpression":
      return parent.operator === "**" && parent.left === call;
    default:
      return parent.type === "TSNonNullExpression" || parent.type === "TaggedTemplateExpression";
  }
}

/** A `(` at the start of a line is a call of what stands before, unless a semicolon does. */
function mayContinueLine(call: TSESTree.CallExpression, sourceCode: Source): boolean {
  const before = sourceCode.getTokenBefore(call);
  return before !== null && before.loc.end.line < call.loc.start.line && !/^[;{(,=]$|^=>$/.test(before.value);
}
