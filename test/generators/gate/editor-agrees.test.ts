import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { defineConfig, type PhasewiseConfig } from "../../../src/generators/index.js";
import { runProgram } from "../program.js";
import { temporaryFolder } from "../temporary-folder.js";

const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const eslint = join(nodeModules, "eslint/bin/eslint.js");

const code = `import { readFileSync } from "node:fs";
export const text = readFileSync("a.txt", "utf8");
export async function load() {
  Promise.resolve(readFileSync("b.txt"));
  fetch("http://localhost").then(() => 1);
}
`;
const results = `import type { Outcome } from "./outcome.js";
declare function find(): Outcome;
find();
`;
const files = {
  "package.json": '{ "type": "module" }',
  "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": ["node"], "strict": true } }',
  "eslint.config.js": `import phasewise from "@phasewise/eslint-plugin";
import config from "./phasewise.config.js";

export default phasewise.configure(config);
`,
  "a.ts": code,
  "src/a.ts": code,
  "src/b.js": code,
  "src/deep/a.test.ts": code,
  "src/deep/[id]/a.ts": code,
  "outcome.ts": "export interface Outcome {\n  success: boolean;\n}\n",
  "results.ts": results,
};

const atTop = { allowAtTopLevel: true };

test.for<[string, PhasewiseConfig, rules: readonly string[]]>([
  ["nothing", {}, ["no-floating-promises", "no-sync-io", "prefer-async-await"]],
  [
    "a rule that is off, and one of another severity",
    { rules: { "no-floating-promises": "off", "no-sync-io": "warn" } },
    ["no-sync-io", "prefer-async-await"],
  ],
  ["options", { rules: { "no-sync-io": ["error", atTop], "no-floating-promises": "off" } }, ["no-sync-io"]],
  ["another configuration", { extends: "async" }, ["no-floating-promises", "no-sync-io", "require-timeout"]],
  [
    "a severity alone, for a rule that the configuration gives options",
    { extends: "async", rules: { "require-timeout": "error" } },
    ["require-timeout"],
  ],
  ["strict", { extends: "strict" }, ["prefer-async-await"]],
  ["settings", { settings: { resultTypes: [{ from: "file", name: "Outcome" }] } }, ["no-unhandled-result"]],
  ["globs of files to leave out", { ignores: ["src/deep", "**/*.js"] }, ["no-sync-io"]],
  [
    "overrides",
    {
      overrides: [
        { files: ["*.ts"], rules: { "no-sync-io": "off" } },
        {
          files: ["src/**/*.test.ts", "**/\\[id\\]/*"],
          rules: { "no-floating-promises": "warn", "no-sync-io": ["warn", atTop] },
        },
      ],
    },
    ["no-floating-promises", "no-sync-io"],
  ],
  [
    "overrides on top of each other, the last one without options",
    {
      rules: { "prefer-async-await": "off", "no-floating-promises": "off" },
      overrides: [
        { files: ["src/**"], rules: { "no-sync-io": ["error", atTop] } },
        { files: ["**/*.{js,ts}"], rules: { "no-sync-io": "warn" } },
      ],
    },
    ["no-sync-io"],
  ],
  [
    "what the gate alone reads",
    { maxWarnings: 1000, rules: { "unused-disable": "off" }, graph: { rules: {} } },
    ["no-sync-io"],
  ],
])("editor and gate find the same by a configuration with %s", async ([, config, rules]) => {
  await using folder = await temporaryFolder({
    ...files,
    "phasewise.config.js": `import { defineConfig } from "phasewise";\n\nexport default defineConfig(${JSON.stringify(defineConfig(config))});\n`,
  });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");

  const inEditor = await lintWithEslint(folder.path);
  expect(inEditor.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]));
  expect(await lintWithGate(folder.path)).toEqual(inEditor);
});

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

async function lintWithGate(cwd: string): Promise<Found[]> {
  const { stdout, stderr } = await runProgram("phasewise", ["check", "--format", "json"], { cwd });
  if (stdout === "") throw new Error(stderr);
  const { findings } = JSON.parse(stdout) as { findings: Found[] };
  return sort(
    findings.map(({ rule, severity, file, line, column, message }) => ({
      rule,
      severity,
      file,
      line,
      column,
      message,
    })),
  );
}

interface EslintFile {
  readonly filePath: string;
  readonly messages: readonly (Omit<Found, "rule" | "severity" | "file"> & { ruleId: string; severity: number })[];
}

/** ESLint ends with 1 where it finds errors. */
async function lintWithEslint(cwd: string): Promise<Found[]> {
  const ran = promisify(execFile)(process.execPath, [eslint, "--format", "json", "."], { cwd });
  const { stdout, stderr } = await ran.catch((error: { stdout: string; stderr: string }) => error);
  if (stdout === "") throw new Error(stderr);
  const found = (JSON.parse(stdout) as EslintFile[]).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, severity, line, column, message }) => ({
      rule: ruleId.replace("phasewise/", ""),
      severity: severity === 2 ? "error" : "warning",
      file: relative(cwd, filePath).replaceAll("\\", "/"),
      line,
      column,
      message,
    })),
  );
  return sort(found);
}

function sort(found: readonly Found[]): Found[] {
  const key = ({ file, line, column, rule }: Found) => `${file} ${line} ${column} ${rule}`;
  return [...found].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
