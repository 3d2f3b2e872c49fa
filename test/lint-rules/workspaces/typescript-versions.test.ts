import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Workspace } from "../workspace.js";
import { blocking, calling } from "./both-hosts.js";

const installed = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const oldest = fileURLToPath(new URL("typescript-5.9/node_modules/typescript", import.meta.url));
const expected = ["no-sync-io at a/read.ts:2", "no-sync-io at a/run.ts:3", "no-floating-promises at a/run.ts:4"];

/** A workspace whose own `typescript` is this package; everything else is installed as here. */
async function createWorkspace(typescript: string): Promise<Workspace> {
  const workspace = await Workspace.create({
    "a/read.ts": blocking,
    "a/run.ts": calling("./read.js"),
    "eslint.config.mjs": `import phasewise from "@phasewise/eslint-plugin";\nexport default phasewise.configs.recommended;\n`,
  });
  const folder = join(workspace.folder, "node_modules");
  await rm(folder);
  await mkdir(folder);
  for (const name of await readdir(installed)) {
    if (!name.startsWith("."))
      await symlink(resolve(installed, name === "typescript" ? typescript : name), join(folder, name), "junction");
  }
  return workspace;
}

/** ESLint in a process of its own, where packages find each other through the links. */
function runEslint({ folder }: Workspace): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, NODE_OPTIONS: "--preserve-symlinks --preserve-symlinks-main" };
  const args = [join(folder, "node_modules/eslint/bin/eslint.js"), "--format", "json", "a"];
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: folder, env }, (_, stdout, stderr) => done({ stdout, stderr }));
  });
}

function summarize(output: string): string[] {
  const results = JSON.parse(output) as { filePath: string; messages: { ruleId: string; line: number }[] }[];
  return results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ ruleId, line }) =>
        `${ruleId.replace("phasewise/", "")} at a/${filePath.slice(-7).replace(/^.*[\\/]/, "")}:${line}`,
    ),
  );
}

test("the rules work under the TypeScript that a new application has, in both hosts", async () => {
  const manifest = await readFile(new URL("../../generators/golden/app/package.json", import.meta.url), "utf8");
  const { devDependencies } = JSON.parse(manifest) as { devDependencies: Record<string, string> };
  const { name, version } = JSON.parse(await readFile(join(installed, "typescript/package.json"), "utf8")) as Record<
    string,
    string
  >;
  expect(devDependencies["typescript"]).toMatch(`npm:${name}@^${version?.split(".")[0]}.`);

  await using workspace = await createWorkspace("typescript");
  expect(summarize((await runEslint(workspace)).stdout)).toEqual(expected);
});

test("the rules work under TypeScript 5.9, in both hosts", async () => {
  const manifest = await readFile(join(oldest, "package.json"), "utf8");
  expect((JSON.parse(manifest) as { version: string }).version).toMatch(/^5\.9\./);

  await using workspace = await createWorkspace(oldest);
  expect(summarize((await runEslint(workspace)).stdout)).toEqual(expected);
  const findings = await workspace.lintWithOxlint();
  expect(findings.map(({ rule, file, line }) => `${rule} at ${file}:${line}`)).toEqual(expected);
});

test("where a workspace's own TypeScript is 7, the gate's host works and ESLint's parser says what to install", async () => {
  await using workspace = await createWorkspace("@typescript/native");
  const findings = await workspace.lintWithOxlint();
  expect(findings.map(({ rule, file, line }) => `${rule} at ${file}:${line}`)).toEqual(expected);
  const { stdout, stderr } = await runEslint(workspace);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/does not support TS 7.*TypeScript 6|does not support TS 7.*TS 6/is);
});
