import plugin from "@phasewise/eslint-plugin";
import typescriptEslint from "@typescript-eslint/eslint-plugin";
import parser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import { afterAll, expect, test } from "vitest";
import { type Files, Workspace } from "../workspace.js";
import { declarations, jsxPrograms, plainPrograms, programs, snippets, unions } from "./misused-promise-cases.js";
import { parameters } from "./promise-snippets.js";

const options: Readonly<Record<string, object>> = {
  "by default": {},
  "without conditionals": { checksConditionals: false },
  "with conditionals": { checksConditionals: true },
  "with conditionals of default unions": { checksConditionals: {} },
  "with no unions": { checksConditionals: { flagUnions: "none" } },
  "with unions with their promise": { checksConditionals: { flagUnions: "strict" } },
  "with all unions": { checksConditionals: { flagUnions: "all" } },
  "without spreads": { checksSpreads: false },
  "with spreads": { checksSpreads: true },
  "without void returns": { checksVoidReturn: false },
  "with void returns": { checksVoidReturn: true },
  "without arguments": { checksVoidReturn: { arguments: false } },
  "without attributes": { checksVoidReturn: { attributes: false } },
  "without inherited methods": { checksVoidReturn: { inheritedMethods: false } },
  "without properties": { checksVoidReturn: { properties: false } },
  "without returns": { checksVoidReturn: { returns: false } },
  "without variables": { checksVoidReturn: { variables: false } },
  "with variables alone": {
    checksConditionals: false,
    checksSpreads: false,
    checksVoidReturn: {
      arguments: false,
      attributes: false,
      inheritedMethods: false,
      properties: false,
      returns: false,
    },
  },
};

const names = Object.keys(options);

const files: Files = {
  "modules/snippets.ts": [
    declarations,
    ...snippets.map((snippet, index) => `async function f${index}${parameters} { ${snippet} }`),
  ].join("\n"),
  ...toFiles("unions", "ts", [unions]),
  ...toFiles("program", "ts", programs),
  ...toFiles("jsx", "tsx", jsxPrograms),
  ...toFiles("plain", "js", plainPrograms),
};

function toFiles(name: string, extension: string, texts: readonly string[]): Files {
  return Object.fromEntries(texts.map((text, index) => [`modules/${name}-${index}.${extension}`, text]));
}

/** The snippets take their time, and the programs show what the other options change. */
const isForSnippets = (name: string) => name === "by default" || name === "with all unions";

/** Each set of options has plugin names of its own, so that one run is enough for all. */
const config = names.map((name, index): Linter.Config => ({
  files: [isForSnippets(name) ? "modules/*.{ts,tsx,js}" : "modules/*-*.{ts,tsx,js}"],
  languageOptions: { parser: parser as Linter.Parser, parserOptions: { projectService: true } },
  plugins: { [`ours-${index}`]: plugin as object, [`theirs-${index}`]: typescriptEslint as object },
  rules: {
    [`ours-${index}/no-misused-promises`]: ["error", options[name]],
    [`theirs-${index}/no-misused-promises`]: ["error", options[name]],
  },
}));

const workspace = await Workspace.create(files, []);
afterAll(() => workspace[Symbol.asyncDispose]());

const eslint = new ESLint({ cwd: workspace.folder, overrideConfigFile: true, overrideConfig: config });
const results = await eslint.lintFiles(Object.keys(files));

/** What our rule reports of its own: promises in texts, comparators, handlers of events. */
const ownMessages = ["comparator", "handler", "template"];

/** Once each: theirs reports a method that is handed to `filter` twice. */
function getReported(plugin: string): string[] {
  const reported = results.flatMap(({ filePath, messages, source }) =>
    messages
      .filter(({ ruleId }) => ruleId === `${plugin}/no-misused-promises`)
      .filter(({ messageId = "" }) => !ownMessages.includes(messageId))
      .map(({ line, column, endLine, endColumn, message, messageId = "" }) => {
        const heritage = messageId === "voidReturnInheritedMethod" ? readHeritage(message) : "";
        const place = `${filePath.slice(workspace.folder.length)}:${line}:${column}-${endLine}:${endColumn}`;
        return `${messageId} ${heritage} at ${place}: ${source?.split("\n")[line - 1]}`;
      }),
  );
  return [...new Set(reported)].sort();
}

function readHeritage(message: string): string | undefined {
  return /^By `(.*)` this method|'(.*)'\.$/s.exec(message)?.slice(1).find(Boolean);
}

test("every file could be read", () => {
  expect(results.flatMap(({ messages }) => messages.filter(({ ruleId }) => ruleId === null))).toEqual([]);
});

test.for(names)("agrees with typescript-eslint %s", (name) => {
  const ours = getReported(`ours-${names.indexOf(name)}`);

  expect(ours).not.toEqual([]);
  expect(ours).toEqual(getReported(`theirs-${names.indexOf(name)}`));
});
