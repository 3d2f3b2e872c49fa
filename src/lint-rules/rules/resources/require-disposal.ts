import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { findAcquisition } from "../../syntax/acquisition.js";
import { isInAsyncCode } from "../../syntax/async-code.js";
import { type Holding, isReleaseName, readHolding } from "../../syntax/holding.js";
import { getStaticPropertyName } from "../../syntax/property-name.js";
import { isTestFile } from "../../syntax/test-file.js";
import { shorten } from "../../syntax/shorten.js";
import { openFile } from "../../type-checker/open-file.js";
import { type Disposal, findDisposal } from "../../type-queries/disposable.js";

type MessageId = "kept" | "skipped" | "lost" | "use";
type Context = RuleContext<MessageId, []>;

/**
 * Reports what is made or acquired in a block and must be disposed of, by its type, but is not: without `await using`,
 * `using`, `use(…)` or `finally`, an error leaves it open, and a pool runs dry. What is returned, stored, passed on or
 * captured is for others to dispose of; what a file's top level holds lives as long as the process. Tests are left out.
 */
export default defineRule<MessageId, []>({
  name: "resources/require-disposal",
  meta: {
    type: "problem",
    description: "Require what a block acquires to be disposed of whichever way the block is left",
    fixable: "code",
    hasSuggestions: true,
    messages: {
      kept: "Nothing disposes of `{{name}}`, a `{{type}}`, when this block is left. {{remedy}}",
      skipped: "An error before `{{release}}()` leaves `{{name}}`, a `{{type}}`, open. {{remedy}}",
      lost: "Nobody can dispose of the `{{type}}` that `{{code}}` gives: nothing holds it. {{remedy}}",
      use: "Declare it with `{{by}}`.",
    },
    schema: [],
  },
  create(context) {
    if (isTestFile(context.filename)) return {};
    const { sourceCode } = context;
    const held: Held[] = [];
    const lost: TSESTree.Expression[] = [];
    return {
      VariableDeclarator(node) {
        const [variable] = sourceCode.getDeclaredVariables(node);
        if (!variable || !isInBlock(node) || !node.init || !findAcquisition(node.init)) return;
        if (node.id.type === "ObjectPattern" && leavesAll(node.id)) lost.push(node.init);
        if (node.id.type !== "Identifier") return;
        const holding = readHolding(variable, node.parent);
        if (!holding.isHandedOn && !holding.isGivenBack) held.push({ node, init: node.init, holding });
      },
      AwaitExpression(node) {
        if (findAcquisition(node) && isLost(node)) lost.push(node);
      },
      "Program:exit"() {
        const file = held.length + lost.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        const { project } = file;
        const types = file.getTypes([...held.map(({ init }) => init), ...lost]);
        const disposals = types.map((type) => type && findDisposal(type, project));
        const getType = (index: number) => (types[index] ? project.checker.typeToString(types[index]) : "");
        held.forEach((value, index) => {
          const disposal = disposals[index];
          if (disposal) reportHeld(value, getType(index), disposal, context);
        });
        lost.forEach((node, index) => {
          const disposal = disposals[held.length + index];
          if (!disposal?.isLease) return;
          const data = { type: getType(held.length + index), code: shorten(sourceCode.getText(node)) };
          context.report({ node, messageId: "lost", data: { ...data, remedy: getRemedy(disposal) } });
        });
      },
    };
  },
});

interface Held {
  readonly node: TSESTree.VariableDeclarator;
  readonly init: TSESTree.Expression;
  readonly holding: Holding;
}

function isInBlock({ parent }: TSESTree.VariableDeclarator): boolean {
  if (parent.kind === "using" || parent.kind === "await using") return false;
  return blockTypes.has(parent.parent.type);
}

const blockTypes: ReadonlySet<string> = new Set(["BlockStatement", "StaticBlock", "SwitchCase"]);

/** `const { resource } = …` takes no means to give it back. */
function leavesAll({ properties }: TSESTree.ObjectPattern): boolean {
  return properties.every(
    (property) =>
      property.type === "Property" &&
      !property.computed &&
      property.key.type === "Identifier" &&
      !isReleaseName(property.key.name),
  );
}

/** `(await pool.acquire()).resource`, or a statement by itself. */
function isLost(node: TSESTree.AwaitExpression): boolean {
  const { parent } = node;
  if (parent.type === "ExpressionStatement") return true;
  if (parent.type !== "MemberExpression" || parent.object !== node) return false;
  const name = getStaticPropertyName(parent);
  return name !== undefined && !isReleaseName(name);
}

function reportHeld({ node, holding }: Held, type: string, disposal: Disposal, context: Context): void {
  const release = holding.release && context.sourceCode.getText(holding.release);
  const fix = canDeclare(node, disposal, context) && !release ? declareUsing(node, disposal, context) : undefined;
  const data = { name: (node.id as TSESTree.Identifier).name, type, release: release ?? "" };
  context.report({
    node: node.id,
    messageId: release ? "skipped" : "kept",
    data: { ...data, remedy: getRemedy(disposal) },
    fix: fix && holding.isUsedUp ? fix : null,
    suggest: fix && !holding.isUsedUp ? [{ messageId: "use", data: { by: disposal.by }, fix }] : [],
  });
}

function getRemedy({ by }: Disposal): string {
  if (by === "release") return "Call its `release` in `finally`.";
  return `Declare it with \`${by}\`, or dispose of it in \`finally\`.`;
}

/** Only TypeScript has the syntax whatever the version of Node that runs it. */
function canDeclare({ parent }: TSESTree.VariableDeclarator, { by }: Disposal, { filename }: Context): boolean {
  if (by === "release" || !/\.[cm]?tsx?$/.test(filename)) return false;
  if (parent.kind !== "const" || parent.declarations.length > 1 || parent.parent.type !== "BlockStatement")
    return false;
  return by === "using" || isInAsyncCode(parent);
}

function declareUsing(
  { parent }: TSESTree.VariableDeclarator,
  { by }: Disposal,
  { sourceCode }: Context,
): TSESLint.ReportFixFunction | undefined {
  const keyword = sourceCode.getFirstToken(parent);
  return keyword ? (fixer) => fixer.replaceText(keyword, by) : undefined;
}
