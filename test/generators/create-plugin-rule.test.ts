import { execFile } from "node:child_process";
import { cp, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { pluginFiles } from "./plugin-files.js";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder } from "./temporary-folder.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const { resolve } = createRequire(import.meta.url);
const bins = {
  prettier: join(dirname(resolve("prettier/package.json")), "bin/prettier.cjs"),
  tsc: join(dirname(resolve("@typescript/native/package.json")), "bin/tsc"),
  vitest: join(dirname(resolve("vitest/package.json")), "vitest.mjs"),
};
const createRule = (name: string, concept: string, reports = "what is wrong") => [
  ...["create", "plugin-rule", name, "--concept", concept, "--reports", reports],
];

describe("a rule of the plugin, made in a copy of this repository", () => {
  it("is registered, type-checks, and passes its test, that of its page, and Prettier", async () => {
    await using copy = await copyRepository();
    const args = createRule("require-example", "results", "promises that are called `example`");
    const { exitCode, stdout } = await runProgram("phasewise", [...args, "--json"], { cwd: join(copy.path, "docs") });
    const { created, edited } = JSON.parse(stdout) as { created: string[]; edited: string[] };

    expect(exitCode).toBe(0);
    expect(created).toEqual([
      "src/lint-rules/rules/results/require-example.ts",
      "src/lint-rules/rules/results/require-example.md",
      "test/lint-rules/results/require-example.test.ts",
    ]);
    expect(edited).toEqual([
      "src/lint-rules/rules.ts",
      "src/lint-rules/configs.ts",
      "src/generators/configuration/rule-names.ts",
      "README.md",
      "docs/lint-rules.md",
      "src/lint-rules/README.md",
    ]);
    const names = ["-t", "require-example|every rule is registered"];
    const { stdout: report } = await run(copy.path, bins.vitest, "run", ...names, "--reporter", "json");
    expect(JSON.parse(report)).toMatchObject({ success: true, numPassedTests: 10 });
    await run(copy.path, bins.tsc, "-p", ".");
    await run(copy.path, bins.prettier, "--check", ...created, ...edited);
  }, 180_000);
});

describe("phasewise create plugin-rule", () => {
  it("says which file it looked for where that is not the repository", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    const { exitCode, stderr } = await runProgram("phasewise", createRule("no-example", "tasks"), { cwd: folder.path });

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`neither ${folder.path} nor a folder above it has src/lint-rules/rules.ts`);
    expect(stderr).toContain("Go into a clone of the repository, or name one with --cwd <folder>.");
    expect(await folder.files()).toEqual(emptyWorkspace);
  });

  it.each([
    [createRule("example", "tasks"), `"example" is not the name of a rule: it must begin with "no-"`],
    [
      createRule("no-example", "task"),
      "There is no concept task: src/lint-rules/rules/task does not exist. Did you mean tasks?",
    ],
    [createRule("no-example", "streams"), "There are: results, tasks."],
    [createRule("no-example", "../x"), `"../x" is not a concept`],
    [createRule("no-example", "tasks", "a | b"), `"a | b" does not say what the rule reports`],
    [createRule("no-old", "results"), "The rule no-old exists already (src/lint-rules/rules/tasks/no-old.ts)"],
  ])("ends with 1 and writes nothing for %j", async (args, message) => {
    const files = {
      ...pluginFiles,
      "src/lint-rules/rules/tasks/no-old.ts": "",
      "src/lint-rules/rules/results/no-other.ts": "",
    };
    await using folder = await temporaryFolder(files);
    const { exitCode, stdout, stderr } = await runProgram("phasewise", args, { cwd: folder.path });

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(await folder.files()).toEqual(files);
  });

  it("changes nothing where a table is missing", async () => {
    const files = { ...pluginFiles, "README.md": "# Phasewise\n" };
    await using folder = await temporaryFolder(files);
    const { exitCode, stderr } = await runProgram("phasewise", createRule("no-example", "tasks"), { cwd: folder.path });

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Nothing was written: README.md has no table whose first column is headed "rule"`);
    expect(await folder.files()).toEqual(files);
  });
});

const copied = [
  ...["README.md", "docs/lint-rules.md", ".prettierrc.json", "tsconfig.base.json", "src/lint-rules"],
  "src/generators/configuration/rule-names.ts",
  ...["fixtures", "page-examples.ts", "pages.test.ts", "rule-tester.ts", "workspace.ts"].map(
    (name) => `test/lint-rules/${name}`,
  ),
  ...["repository.ts", "rules.test.ts"].map((name) => `test/repository/${name}`),
];

/** The part of this repository that a rule is made of, in a folder of its own in which the plugin is the copied one. */
async function copyRepository() {
  const folder = await temporaryFolder({
    "package.json": await readFile(join(repository, "package.json"), "utf8"),
    "vitest.config.js": vitestConfig,
    "tsconfig.json": JSON.stringify(tsconfig),
  });
  const isSource = (path: string) => !["dist", "node_modules"].includes(basename(path));
  for (const path of copied) {
    await cp(join(repository, path), join(folder.path, path), { recursive: true, filter: isSource });
  }
  for (const modules of ["node_modules", "src/generators/node_modules"]) {
    await symlink(join(repository, modules), join(folder.path, modules), "junction");
  }
  return folder;
}

const vitestConfig = `export default {
  resolve: {
    conditions: ["@phasewise/source"],
    alias: [{ find: /^@phasewise\\/eslint-plugin$/, replacement: new URL("src/lint-rules/index.ts", import.meta.url).pathname }],
  },
  ssr: { resolve: { conditions: ["@phasewise/source", "node"] } },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, cache: false },
};
`;

const tsconfig = {
  extends: "./tsconfig.base.json",
  compilerOptions: {
    noEmit: true,
    customConditions: ["@phasewise/source"],
    paths: { "@phasewise/eslint-plugin": ["./src/lint-rules/index.ts"] },
  },
  include: ["src", "test/lint-rules/*/*.test.ts"],
  exclude: ["**/fixtures"],
};

function run(cwd: string, program: string, ...args: readonly string[]) {
  return promisify(execFile)(process.execPath, [program, ...args], { cwd, maxBuffer: 2 ** 26 });
}
