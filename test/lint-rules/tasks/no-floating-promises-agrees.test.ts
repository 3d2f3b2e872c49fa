import plugin from "@phasewise/eslint-plugin";
import typescriptEslint from "@typescript-eslint/eslint-plugin";
import parser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import { afterAll, expect, test } from "vitest";
import { Workspace } from "../workspace.js";
import { declarations, parameters, snippets } from "./promise-snippets.js";

/** What typescript-eslint's rule does not look for is on in this file alone. */
const whole = "with checkUnused";

const options: Record<string, object> = {
  [whole]: {},
  "by default": {},
  "with checkThenables": { checkThenables: true },
  "with ignoreIIFE": { ignoreIIFE: true },
  "without ignoreVoid": { ignoreVoid: false },
  "with safe calls by name": { allowForKnownSafeCalls: ["safe"] },
  "with safe calls by file": { allowForKnownSafeCalls: [{ from: "file", name: ["safe", "make"] }] },
  "with safe calls of another name": { allowForKnownSafeCalls: [{ from: "file", name: "unsafe" }] },
  "with safe promises by name": { allowForKnownSafePromises: ["SafePromise", "Ticket"] },
  "with safe promises by file": { allowForKnownSafePromises: [{ from: "file", name: ["Sub", "Ticket"] }] },
  "with safe promises by library": { allowForKnownSafePromises: [{ from: "lib", name: "PromiseLike" }] },
  "with safe promises by package": {
    allowForKnownSafePromises: [{ from: "package", name: "SafePromise", package: "x" }],
  },
  "with several of them": {
    checkThenables: true,
    ignoreIIFE: true,
    ignoreVoid: false,
    allowForKnownSafeCalls: ["safe"],
  },
};

/**
 * What typescript-eslint's rule is given instead. It holds a file against its program's directory, which depends on the
 * machine; every name of the snippets is declared once, in the file itself, so that the bare name says the same.
 */
const theirOptions: Record<string, object> = {
  ...options,
  "with safe calls by file": { allowForKnownSafeCalls: ["safe", "make"] },
  "with safe promises by file": { allowForKnownSafePromises: ["Sub", "Ticket"] },
};

const names = Object.keys(options);
const getFile = (name: string) => `modules/snippets-${names.indexOf(name)}.ts`;
const bodies = snippets.map((snippet, index) => `async function f${index}${parameters} { ${snippet} }`);
const lines = [...declarations.split("\n"), ...bodies];
const head = lines.length - bodies.length;

const workspace = await Workspace.create(Object.fromEntries(names.map((name) => [getFile(name), lines.join("\n")])), [
  {
    files: ["**/*.ts"],
    languageOptions: { parser: parser as Linter.Parser, parserOptions: { projectService: true } },
    plugins: { phasewise: plugin as object, "@typescript-eslint": typescriptEslint as object },
  },
  ...names.map((name): Linter.Config => ({
    files: [getFile(name)],
    rules: {
      "phasewise/no-floating-promises": ["error", { ...options[name], checkUnused: name === whole }],
      "@typescript-eslint/no-floating-promises": ["error", theirOptions[name]],
    },
  })),
]);
afterAll(() => workspace[Symbol.asyncDispose]());

async function findReported(name: string): Promise<{ ours: string[]; theirs: string[] }> {
  const findings = await workspace.lintWithEslint([getFile(name)]);
  const getReported = (rule: string) =>
    findings
      .filter((finding) => finding.rule === rule)
      .map(({ line, column }) => `column ${column} of ${snippets[line - head - 1] ?? lines[line - 1]}`);
  return { ours: getReported("no-floating-promises"), theirs: getReported("@typescript-eslint/no-floating-promises") };
}

test.for(names.filter((name) => name !== whole))("agrees with typescript-eslint %s", async (name) => {
  const { ours, theirs } = await findReported(name);
  expect(ours).not.toEqual([]);
  expect(ours).toEqual(theirs);
});

test("reports all that typescript-eslint does, and what is dropped with a literal", async () => {
  const { ours, theirs } = await findReported(whole);
  expect(theirs.filter((finding) => !ours.includes(finding))).toEqual([]);
  expect(ours.filter((finding) => !theirs.includes(finding)).map((finding) => finding.replace(/^.* of /, ""))).toEqual([
    "[[p]];",
    "({ p });",
    "({ promise: make() });",
  ]);
});
