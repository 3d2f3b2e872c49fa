import { expect, test, vi } from "vitest";
import { runProgram } from "../../generators/program.js";
import { Workspace } from "../workspace.js";
import "./hide-checker.mjs";

const files = {
  "modules/one.ts": `import { readFileSync } from "node:fs";\n\nreadFileSync("a.txt");\nfetch("a");\n`,
  "modules/two.ts": `import { statSync } from "node:fs";\n\nstatSync("a.txt");\n`,
};

test("without the native checker the rules go by syntax alone, and say so once", async () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await using workspace = await Workspace.create(files);
  const findings = await workspace.lintWithEslint();
  const notices = write.mock.calls.map(([text]) => text);
  write.mockRestore();

  expect(findings.map(({ rule, file, line }) => `${rule} at ${file}:${line}`)).toEqual([
    "no-sync-io at modules/one.ts:3",
    "no-sync-io at modules/two.ts:3",
  ]);
  expect(notices).toEqual([
    expect.stringMatching(
      /^phasewise: TypeScript's native checker does not start \(Executable not found: .*\)\. Rules go by syntax alone .*Reinstall with optional dependencies.*\n$/,
    ),
  ]);
});

test.each([
  ["missing", /Executable not found: /],
  ["broken", /it ends at once/],
])("the gate fails when the native checker is %s, and says what to do", async (how, reason) => {
  await using workspace = await Workspace.create(files);
  const preload = new URL("hide-checker.mjs", import.meta.url).href;
  const env = { NODE_OPTIONS: `--import=${preload}`, PHASEWISE_HIDE_CHECKER: how };
  const { exitCode, stdout, stderr } = await runProgram("phasewise", ["check"], { cwd: workspace.folder, env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
  expect(stderr).toMatch(reason);
  expect(stderr).toMatch(
    /^TypeScript's native checker does not start \(.*\)\. Reinstall with optional dependencies, .*\.\nTo report a bug, attach .*\n$/,
  );
});
