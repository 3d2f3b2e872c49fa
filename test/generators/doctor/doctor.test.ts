import { execFile } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { createRealWorkspace } from "../gate/real-plugin.js";
import { runProgram } from "../program.js";
import { type Files, temporaryFolder } from "../temporary-folder.js";

interface Check {
  readonly name: string;
  readonly status: string;
  readonly fact: string;
  readonly remedy?: string;
}

const eslint = { eslint: "node_modules/eslint" };
const plugin = fileURLToPath(new URL("../../../src/lint-rules/", import.meta.url));

const healthy: Files = {
  "src/main.ts": "export const answer = 42;\n",
  "eslint.config.js":
    'import phasewise from "@phasewise/eslint-plugin";\nexport default phasewise.configs.recommended;\n',
  "phasewise.config.json": '{ "ignores": ["generated"] }',
  ".gitignore": "node_modules/\ndist/\n",
  ".vscode/settings.json": '{ "eslint.validate": ["typescript"] }',
};

async function diagnose(cwd: string): Promise<{ code: number; checks: Record<string, Check> }> {
  const { exitCode, stdout } = await runProgram("phasewise", ["doctor", "--json"], { cwd });
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  return { code: exitCode, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
}

test("where all is well there is one line for each check, and exit code 0", async () => {
  await using workspace = await createRealWorkspace(healthy, eslint);
  await promisify(execFile)("git", ["init", "--quiet"], { cwd: workspace.path });
  const { exitCode, stdout, stderr } = await runProgram("phasewise", ["doctor"], { cwd: join(workspace.path, "src") });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(
    stdout
      .replaceAll(/\d+\.\d+\.\d+/g, "1.2.3")
      .replace(/\d+ rules/, "9 rules")
      .trim()
      .split("\n"),
  ).toEqual([
    "ok    Node 1.2.3 is supported.",
    "ok    phasewise and its packages are all of version 1.2.3.",
    "ok    The native type checker is found and answers.",
    "ok    All TypeScript files (1) belong to a tsconfig.",
    "ok    phasewise.config.json is found and valid.",
    "ok    oxlint, which the gate runs, loads the plugin with 9 rules.",
    "ok    eslint.config.js is found, and ESLint loads the plugin for src/main.ts.",
    "ok    .vscode/settings.json has settings for ESLint.",
    "ok    git ignores dist, and so does the gate.",
  ]);
});

test("the page names every check, in the order they are printed", async () => {
  const page = await readFile(new URL("../../../docs/doctor.md", import.meta.url), "utf8");
  await using workspace = await createRealWorkspace(healthy, eslint);
  const { checks } = await diagnose(workspace.path);
  expect(
    [...page.matchAll(/^\| `([a-z-]+)` +\| /gm)].map(([, name]) => name).filter((name) => name! in checks),
  ).toEqual(Object.keys(checks));
});

test("what is not needed is a note, and no reason to fail", async () => {
  await using workspace = await createRealWorkspace({ "main.ts": "export {};\n" });
  const { code, checks } = await diagnose(workspace.path);
  const notes = Object.values(checks).filter(({ status }) => status === "note");
  expect(notes.map(({ name }) => name)).toEqual(["configuration", "eslint", "editor", "git-ignore"]);
  expect(code).toBe(0);
});

test("without the plugin it says how to install it", async () => {
  await using folder = await temporaryFolder({ "package.json": "{}", "main.ts": "export {};\n" });
  const { code, checks } = await diagnose(folder.path);
  expect(code).toBe(1);
  expect(checks["versions"]).toMatchObject({
    status: "wrong",
    remedy: expect.stringMatching(/npm install --save-dev @phasewise\/eslint-plugin@\d/),
  });
  expect(checks["native-checker"]).toMatchObject({ status: "wrong", fact: expect.stringContaining("not installed") });
  expect(checks["configuration"]).toMatchObject({ status: "wrong" });
});

test("packages of different releases are named, with the command that brings them together", async () => {
  await using workspace = await createRealWorkspace({
    ...healthy,
    "node_modules/@phasewise/runtime/package.json": '{ "name": "@phasewise/runtime", "version": "0.0.7" }',
  });
  const { code, checks } = await diagnose(workspace.path);
  expect(code).toBe(1);
  expect(checks["versions"]!.fact).toMatch(/^phasewise is \d\S+, but @phasewise\/runtime is 0\.0\.7\.$/);
  expect(checks["versions"]!.remedy).toMatch(/^Run: npm install @phasewise\/runtime@\d/);
});

test("a native checker that is not there is told, and so is that oxlint cannot load the plugin", async () => {
  await using folder = await temporaryFolder({ "package.json": '{ "type": "module" }', "main.ts": "export {};\n" });
  const installed = join(folder.path, "node_modules/@phasewise/eslint-plugin");
  for (const part of ["package.json", "dist"]) await cp(join(plugin, part), join(installed, part), { recursive: true });
  const { code, checks } = await diagnose(folder.path);
  expect(code).toBe(1);
  expect(checks["native-checker"]).toMatchObject({
    status: "wrong",
    fact: expect.stringContaining("@typescript/native"),
    remedy: expect.stringContaining("--include=optional"),
  });
  expect(checks["oxlint"]).toMatchObject({ status: "wrong", fact: "oxlint does not load the plugin." });
});

describe("tsconfig", () => {
  const tsconfig = '{ "compilerOptions": { "module": "nodenext" }, "include": ["src"] }';

  test("files that none includes are named, unless the configuration leaves them out", async () => {
    await using workspace = await createRealWorkspace({
      ...healthy,
      "tsconfig.json": tsconfig,
      "tools/build.ts": "export {};\n",
      "generated/client.ts": "export {};\n",
    });
    const { code, checks } = await diagnose(workspace.path);
    expect(code).toBe(1);
    expect(checks["tsconfig"]).toMatchObject({
      status: "wrong",
      fact: "No tsconfig includes 1 of 2 TypeScript files: tools/build.ts.",
    });
  });

  test("one that includes nothing is as good as none", async () => {
    await using workspace = await createRealWorkspace({ "tsconfig.json": tsconfig, "lib/a.ts": "export {};\n" });
    expect((await diagnose(workspace.path)).checks["tsconfig"]).toMatchObject({
      status: "wrong",
      fact: "No tsconfig.json includes the sources.",
    });
  });
});

test("a configuration that cannot be used is told with what is wrong about it", async () => {
  await using workspace = await createRealWorkspace({ ...healthy, "phasewise.config.json": '{ "rulez": {} }' });
  const { code, checks } = await diagnose(workspace.path);
  expect(code).toBe(1);
  expect(checks["configuration"]).toMatchObject({ status: "wrong", fact: expect.stringContaining("rulez") });
});

describe("ESLint", () => {
  const check = async (files: Files) => {
    await using workspace = await createRealWorkspace({ "main.ts": "export {};\n", ...files }, eslint);
    return (await diagnose(workspace.path)).checks["eslint"];
  };

  test("without a configuration is wrong", async () => {
    expect(await check({})).toMatchObject({ status: "wrong", fact: "There is no eslint.config.js." });
  });

  test("with one of a folder above is well", async () => {
    const files = { "package.json": "{}", "eslint.config.mjs": healthy["eslint.config.js"]! };
    await using repository = await createRealWorkspace(files, eslint);
    await repository.write({ "shop/package.json": "{}", "shop/main.ts": "export {};\n" });
    expect((await diagnose(join(repository.path, "shop"))).checks["eslint"]).toMatchObject({
      status: "ok",
      fact: "../eslint.config.mjs is found, and ESLint loads the plugin for main.ts.",
    });
  });

  test("with one that does not use the plugin is wrong", async () => {
    const config = "export default [{ files: ['**/*.ts'] }];\n";
    expect(await check({ "eslint.config.js": config })).toMatchObject({
      status: "wrong",
      fact: "eslint.config.js does not use the plugin for main.ts.",
      remedy: expect.stringContaining("phasewise.configs.recommended"),
    });
  });

  test("with one that cannot be loaded is wrong, with the reason", async () => {
    expect(await check({ "eslint.config.js": 'throw new Error("no idea");\n' })).toMatchObject({
      status: "wrong",
      fact: "ESLint does not run with eslint.config.js.",
      remedy: expect.stringContaining("no idea"),
    });
  });
});

test("a dist that git would commit is wrong", async () => {
  await using workspace = await createRealWorkspace({ ...healthy, ".gitignore": "", "dist/main.js": "export {};\n" });
  await promisify(execFile)("git", ["init", "--quiet"], { cwd: workspace.path });
  const { checks } = await diagnose(workspace.path);
  expect(checks["git-ignore"]).toMatchObject({ status: "wrong", remedy: expect.stringContaining(".gitignore") });
});

test("a folder that does not exist is wrong usage", async () => {
  await using folder = await temporaryFolder({});
  const { exitCode, stdout, stderr } = await runProgram("phasewise", ["doctor", "--cwd", "nowhere"], {
    cwd: folder.path,
  });
  expect(stderr).toMatch(/nowhere does not exist/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
});
