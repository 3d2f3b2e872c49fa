import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { test as base, describe, expect } from "vitest";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver-protocol/node";
import { type EslintPackage, Workspace } from "../workspace.js";
import { Editor } from "./editor.js";

const config = `import phasewise from "@phasewise/eslint-plugin";\n\nexport default phasewise.configs.recommended;\n`;

const floating = `const make = async () => 1;\n\nexport async function run() {\n  make();\n}\n`;
const hooks = `import { defineModule } from "@phasewise/runtime";

const make = async () => 1;

export default defineModule({
  id: "hooks",
  version: "1.0.0",
  start() {
    make();
  },
  stop() {},
});
`;
const caller = `import { help } from "./helper.js";\n\nexport async function run() {\n  help();\n}\n`;
const blocking = `import { readFileSync } from "node:fs";\n\nexport const help = () => readFileSync("a.txt");\n`;
const harmless = `export const help = () => "a";\n`;
const inCaller = ["phasewise/no-sync-io at 4:3"];

const summarize = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, range: { start } }) => `${code} at ${start.line + 1}:${start.character + 1}`);

const editors = [
  { host: "ESLint 10", library: "node_modules/eslint/lib/api.js", test: withEditor("eslint") },
  { host: "ESLint 9", library: "node_modules/eslint-9/lib/api.js", test: withEditor("eslint-9") },
];

describe.each(editors)("in an editor with $host", ({ library, test }) => {
  test("the workspace's own ESLint lints", async ({ session: { editor, workspace } }) => {
    await workspace.write({ "modules/own/run.ts": floating });
    await editor.open("modules/own/run.ts");
    expect(editor.log).toContainEqual(expect.stringMatching(`^ESLint library loaded from: .*/${library}$`));
  });

  test("a finding is underlined from its first character to its last", async ({ session: { editor, workspace } }) => {
    const file = "modules/underlined/run.ts";
    await workspace.write({ [file]: floating });
    expect(await editor.open(file)).toMatchObject([
      {
        code: "phasewise/no-floating-promises",
        severity: DiagnosticSeverity.Error,
        range: { start: { line: 3, character: 2 }, end: { line: 3, character: 9 } },
        message: expect.stringContaining("Nobody awaits the promise of `make()`") as string,
      },
    ]);
  });

  test("the name of a rule opens its page", async ({ session: { editor, workspace } }) => {
    const file = "modules/page/run.ts";
    await workspace.write({ [file]: floating });
    const finding = getOnly(await editor.open(file));
    const href = finding.codeDescription?.href ?? "";
    expect(await readFile(fileURLToPath(href), "utf8")).toMatch(/^# no-floating-promises\n/);

    await editor.take("Show documentation for phasewise/no-floating-promises", file, finding);
    expect(editor.openedPages).toEqual([href]);
  });

  test("a quick fix repairs the finding it is taken at, and no other", async ({ session: { editor, workspace } }) => {
    const file = "modules/quick-fix/module.ts";
    await workspace.write({ [file]: hooks });
    const atStop = (await editor.open(file)).at(-1)!;
    await editor.take("Fix this phasewise/require-async-hook problem", file, atStop);

    expect(editor.read(file)).toBe(hooks.replace("stop()", "async stop()"));
    expect(summarize(await editor.diagnose(file))).toEqual([
      "phasewise/require-async-hook at 8:3",
      "phasewise/no-floating-promises at 9:5",
    ]);
  });

  test("a suggestion is offered and taken by its own words", async ({ session: { editor, workspace } }) => {
    const file = "modules/suggestion/run.ts";
    await workspace.write({ [file]: floating });
    const finding = getOnly(await editor.open(file));
    await editor.take("Await it. (phasewise/no-floating-promises)", file, finding);

    expect(editor.read(file)).toBe(floating.replace("make();", "await make();"));
    expect(summarize(await editor.diagnose(file))).toEqual([]);
  });

  test("saving fixes what has a fix, and leaves what has a suggestion", async ({ session: { editor, workspace } }) => {
    const file = "modules/save/module.ts";
    await workspace.write({ [file]: hooks });
    await editor.open(file);
    await editor.fixAll(file);

    expect(editor.read(file)).toBe(hooks.replace("start()", "async start()").replace("stop()", "async stop()"));
    expect(summarize(await editor.diagnose(file))).toEqual(["phasewise/no-floating-promises at 9:5"]);
  });

  test("what is typed counts before it is saved", async ({ session: { editor, workspace } }) => {
    const file = "modules/typed/run.ts";
    await workspace.write({ [file]: floating });
    await editor.open(file);

    expect(summarize(await editor.type(file, floating.replace("make();", "await make();")))).toEqual([]);
    expect(summarize(await editor.type(file, `\n${floating}`))).toEqual(["phasewise/no-floating-promises at 5:3"]);
  });

  test("a finding follows a helper that another program changes", async ({ session: { editor, workspace } }) => {
    const [file, helper] = ["modules/on-disk/caller.ts", "modules/on-disk/helper.ts"];
    await workspace.write({ [file]: caller, [helper]: harmless });
    expect(summarize(await editor.open(file))).toEqual([]);

    await workspace.write({ [helper]: blocking });
    expect(summarize(await editor.diagnose(file))).toEqual(inCaller);

    await workspace.write({ [helper]: harmless });
    expect(summarize(await editor.diagnose(file))).toEqual([]);
  });

  test("a finding follows a helper that is typed in another tab", async ({ session: { editor, workspace } }) => {
    const [file, helper] = ["modules/other-tab/caller.ts", "modules/other-tab/helper.ts"];
    await workspace.write({ [file]: caller, [helper]: harmless });
    await editor.open(helper);
    expect(summarize(await editor.open(file))).toEqual([]);

    await editor.type(helper, blocking);
    expect(summarize(await editor.diagnose(file))).toEqual(inCaller);

    await editor.type(helper, harmless);
    expect(summarize(await editor.diagnose(file))).toEqual([]);
  });
});

interface Session {
  readonly editor: Editor;
  readonly workspace: Workspace;
}

/** The tests share one editor, which is slow to start; each has a folder of its own. */
function withEditor(eslintPackage: EslintPackage) {
  return base.extend<{ session: Session }>({
    session: [
      async ({}, use) => {
        await using workspace = await Workspace.create({ "eslint.config.js": config }, undefined, eslintPackage);
        await using editor = await Editor.start(workspace.folder);
        await use({ editor, workspace });
      },
      { scope: "file" },
    ],
  });
}

function getOnly(diagnostics: readonly Diagnostic[]): Diagnostic {
  const [diagnostic, ...others] = diagnostics;
  if (!diagnostic || others.length > 0) throw new Error(`One finding was expected: ${summarize(diagnostics).join()}`);
  return diagnostic;
}
