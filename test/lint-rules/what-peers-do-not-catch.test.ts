import { cp, mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Files, type Finding, Workspace } from "./workspace.js";

const fs = `import fs from "node:fs";\n`;
const readJson = `import { readFileSync } from "node:fs";\n\nexport const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));\n`;
const reader = `import { readJson } from "./read-json.js";\n\nexport class Reader {\n  read(): unknown {\n    return readJson("a.json");\n  }\n}\n`;

/** By what a user would say of the code: the code of line 2, and what is said of it. */
const seen: Readonly<Record<string, readonly [code: string, said: string]>> = {
  "an aliased import": [`import { readFileSync as slurp } from "node:fs";\nslurp("a.txt");\n`, "fs.readFileSync"],
  "a destructured alias": [`${fs}{ const { readFileSync: slurp } = fs; slurp("a.txt"); }\n`, "fs.readFileSync"],
  "an element access": [`${fs}fs["readFileSync"]("a.txt");\n`, "fs.readFileSync"],
  "a constant that holds the function": [`${fs}{ const r = fs.readFileSync; r("a.txt"); }\n`, "fs.readFileSync"],
  "a destructured alias of what is declared as a constant": [
    `${fs}{ const { statSync: look } = fs; look("a.txt"); }\n`,
    "fs.statSync",
  ],
  "a constant that holds a constant": [
    `import { statSync } from "node:fs";\n{ const s = statSync, look = s; look("a.txt"); }\n`,
    "fs.statSync",
  ],
  "a function given to map": [`${fs}["a.txt"].map(fs.existsSync);\n`, "fs.existsSync"],
  "what createRequire gives": [
    `import { createRequire } from "node:module";\ncreateRequire(import.meta.url)("node:fs").readFileSync("a.txt");\n`,
    "fs.readFileSync",
  ],
  "a helper in another file": [
    `import { readJson } from "./read-json.js";\nexport const run = async () => readJson("a.json");\n`,
    "readJson → fs.readFileSync",
  ],
  "a method inherited from a base class in another file": [
    `import { Reader } from "./reader.js"; class Mine extends Reader {}\nexport const run = async () => new Mine().read();\n`,
    "Reader.read → readJson → fs.readFileSync",
  ],
};

const harmless: Files = {
  "modules/layout.ts": `export const layoutSync = (width: number) => width * 2;\nlayoutSync(1);\n`,
  "modules/own.ts": `const fs = { readFileSync: (path: string) => path };\nfs.readFileSync("a.txt");\n`,
  "modules/awaiting.ts": `import { readFile as readFileSync } from "node:fs/promises";\nawait readFileSync("a.txt");\n`,
  "modules/handing-on.ts": `${fs}export const r = fs.readFileSync;\n`,
};

const seenFiles: Files = Object.fromEntries(
  Object.values(seen).map(([code], index) => [`modules/seen-${index}.ts`, code]),
);
const files: Files = { "modules/read-json.ts": readJson, "modules/reader.ts": reader, ...seenFiles, ...harmless };

const summarize = (findings: readonly Finding[]) =>
  findings
    .filter(({ rule }) => rule === "no-sync-io")
    .map(({ file, line, message }) => `${file}:${line} ${/`(.*?)`/.exec(message)?.[1]}`);

const expected = [
  "modules/read-json.ts:3 fs.readFileSync",
  ...Object.values(seen).map(([, said], index) => `modules/seen-${index}.ts:2 ${said}`),
];

describe("synchronous I/O is seen in", async () => {
  await using workspace = await Workspace.create(files);
  const findings = summarize(await workspace.lintWithEslint());

  test.each(Object.entries(seen).map(([name, [, said]], index) => ({ name, said, index })))(
    "$name",
    ({ said, index }) => {
      expect(findings).toContain(`modules/seen-${index}.ts:2 ${said}`);
    },
  );

  test("none of what only looks like it, as a user's own layoutSync", () => {
    expect(findings).toEqual(expected);
  });
});

describe("a finding in one file that another file decides about", () => {
  const decided = { "modules/read-json.ts": readJson, "modules/run.ts": seen["a helper in another file"]![0] };
  const repaired = { "modules/read-json.ts": `export const readJson = (path: string): unknown => path;\n` };
  const inRun = "modules/run.ts:2 readJson → fs.readFileSync";

  test("is right again in the editor once the other file changes, on disk or in an unsaved text", async () => {
    await using workspace = await Workspace.create(decided);
    const lintRun = async () => summarize(await workspace.lintWithEslint(["modules/run.ts"]));
    expect(await lintRun()).toEqual([inRun]);

    await workspace.write(repaired);
    expect(await lintRun()).toEqual([]);

    await workspace.lintUnsaved("modules/read-json.ts", readJson);
    expect(await lintRun()).toEqual([inRun]);
  });

  test("is right again in the gate once the other file changes", async () => {
    await using workspace = await Workspace.create(decided);
    expect(summarize(await workspace.lintWithOxlint())).toContain(inRun);

    await workspace.write(repaired);
    expect(summarize(await workspace.lintWithOxlint())).toEqual([]);
  });
});

describe("rules that ask for types", () => {
  test("say the same under oxlint", async () => {
    await using workspace = await Workspace.create(files);
    expect(summarize(await workspace.lintWithOxlint())).toEqual(expected);
  });

  test("say the same where the workspace's typescript is 7, and no other compiler is installed", async () => {
    await using workspace = await Workspace.create(files);
    const config = await installBesideTypeScript7(workspace.folder);
    expect(summarize(await workspace.lintWithOxlint({ config }))).toEqual(expected);
  });
});

/** Gives the folder packages of its own: the plugin as it is packed, and nothing but what the gate needs of it. */
async function installBesideTypeScript7(folder: string): Promise<string> {
  const repository = fileURLToPath(new URL("../..", import.meta.url));
  const packages = join(folder, "node_modules");
  const plugin = join(packages, "@phasewise/eslint-plugin");
  const native = join(repository, "node_modules/@typescript/native");
  await rm(packages);
  await cp(join(repository, "src/lint-rules/dist"), join(plugin, "dist"), { recursive: true });
  await cp(join(repository, "src/lint-rules/package.json"), join(plugin, "package.json"));
  const links = {
    typescript: native,
    "@typescript/native": native,
    "@types/node": join(repository, "node_modules/@types/node"),
    "@phasewise/runtime": join(repository, "src/runtime"),
  };
  for (const [name, target] of Object.entries(links)) {
    await mkdir(dirname(join(packages, name)), { recursive: true });
    await symlink(target, join(packages, name), "junction");
  }
  return join(plugin, "dist/oxlint/recommended.json");
}
