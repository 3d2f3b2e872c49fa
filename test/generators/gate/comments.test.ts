import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Files } from "../temporary-folder.js";
import { type Workspace, createFolder } from "./workspace.js";

const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const config = { compilerOptions: { module: "nodenext", strict: true, types: ["node"] } };

/** A workspace with the plugin itself. */
async function createApplication(files: Files): Promise<Workspace> {
  const manifest = { "package.json": '{ "type": "module" }', "tsconfig.json": JSON.stringify(config) };
  const workspace = await createFolder({ ...manifest, ...files });
  await symlink(nodeModules, join(workspace.path, "node_modules"), "junction");
  return workspace;
}

/** The findings as `severity rule file:line:column`. */
async function check(workspace: Workspace, ...args: string[]): Promise<string[]> {
  const { findings } = JSON.parse((await workspace.check(["--format", "json", ...args])).stdout) as {
    findings: { rule: string; severity: string; file: string; line: number; column: number }[];
  };
  return findings.map(({ severity, rule, file, line, column }) => `${severity} ${rule} ${file}:${line}:${column}`);
}

const head = 'import { readFileSync } from "node:fs";\n';
const read = 'export const text = readFileSync("a");';

test("a comment that gives no reason is an error, whatever its form; one that does is none", async () => {
  await using workspace = await createApplication({
    "a.ts": `${head}// eslint-disable-next-line phasewise/no-sync-io\n${read}\n`,
    "b.ts": `${head}${read} // oxlint-disable-line phasewise/no-sync-io\n`,
    "c.ts": `/* eslint-disable phasewise/no-sync-io */\n${head}${read}\n/* eslint-enable phasewise/no-sync-io */\n`,
    "d.ts": `/* eslint-disable phasewise/no-sync-io -- a script */\n${head}${read}\n/* eslint-enable */\n`,
    "e.ts": `${head}// eslint-disable-next-line phasewise/no-sync-io -- read once\n${read}\n`,
  });
  expect(await check(workspace)).toEqual([
    "error require-disable-reason a.ts:2:1",
    "error require-disable-reason b.ts:2:40",
    "error require-disable-reason c.ts:1:1",
  ]);
});

test("a comment for all rules cannot hide that it gives no reason, and neither can one that names that rule", async () => {
  await using workspace = await createApplication({
    "a.ts": `/* eslint-disable */\n${head}${read}\n`,
    "b.ts": `${head}${read} // eslint-disable-line\n`,
    "c.ts": `${head}${read} // eslint-disable-line phasewise/no-sync-io, phasewise/require-disable-reason\n`,
    "d.ts": `/* eslint-disable -- generated */\n${head}${read}\n`,
    "e.ts": `${head}// eslint-disable-next-line\n${read}\n`,
  });
  expect(await check(workspace)).toEqual([
    "error require-disable-reason a.ts:1:1",
    "error require-disable-reason b.ts:2:40",
    "error require-disable-reason c.ts:2:40",
    "error require-disable-reason e.ts:2:1",
  ]);
});

test("a comment that silences nothing is a warning, and so is a rule in it that silences nothing", async () => {
  await using workspace = await createApplication({
    "a.ts": `// eslint-disable-next-line phasewise/no-sync-io -- no more\nexport const a = 1;\n`,
    "b.ts": `${head}// eslint-disable-next-line phasewise/no-sync-io, phasewise/require-timeout -- once\n${read}\n`,
    "c.ts": `/* oxlint-disable phasewise/no-sync-io -- a script */\nexport const c = 1;\n`,
    "d.ts": `const text = "// eslint-disable-next-line phasewise/no-sync-io";\nexport default text;\n`,
  });
  expect(await check(workspace)).toEqual([
    "warning unused-disable a.ts:1:1",
    "warning unused-disable b.ts:2:51",
    "warning unused-disable c.ts:1:1",
  ]);
});

test("comments that silence rules of another linter, or all rules, are not called useless", async () => {
  await using workspace = await createApplication({
    "a.ts": "// eslint-disable-next-line no-console\nexport const a = 1;\n",
    "b.ts": "// eslint-disable-next-line -- generated\nexport const b = 1;\n",
    "c.ts": "/* eslint-disable */ // eslint-disable-line no-alert -- x\n".replace(
      "disable */",
      "disable -- generated */",
    ),
  });
  expect(await check(workspace)).toEqual([]);
});

test("a comment that silences findings in other files is not useless", async () => {
  const module = `import { defineModule } from "@phasewise/runtime";
import { warmUp } from "./warm-up.js";

export default defineModule({
  id: "billing",
  version: "1.0.0",
  async initialize() {
    await warmUp();
  },
});
`;
  const warmUp = `import { readFile } from "node:fs/promises";

export async function warmUp() {
  // eslint-disable-next-line phasewise/no-early-service-access -- a file of the package itself
  return readFile("a");
}
`;
  await using workspace = await createApplication({
    "modules/billing/module.ts": module,
    "modules/billing/warm-up.ts": warmUp,
  });
  expect(await check(workspace)).toEqual([]);
  await workspace.write({ "modules/billing/warm-up.ts": warmUp.replace(/ {2}\/\/.*\n/, "") });
  expect(await check(workspace)).toEqual(["error no-early-service-access modules/billing/module.ts:8:11"]);
});

test("several processes that share a workspace agree on the comments", async () => {
  const used = `${head}// eslint-disable-next-line phasewise/no-sync-io -- once\n${read}\n`;
  const both = used.replace(" -- once", ", phasewise/require-timeout -- once");
  const unused = "// eslint-disable-next-line phasewise/no-sync-io -- once\nexport const a = 1;\n";
  const texts = [used, both, unused, `${head}${read} // eslint-disable-line\n`];
  const files = Array.from({ length: 220 }, (_, index) => [`m${index}/a.ts`, texts[index % 4]!]);
  await using workspace = await createApplication(Object.fromEntries(files));
  const found = await check(workspace);
  const countOf = (text: RegExp) => found.filter((finding) => text.test(finding)).length;
  expect(found).toHaveLength(165);
  expect(countOf(/^warning unused-disable m\d+\/a\.ts:2:51$/)).toBe(55);
  expect(countOf(/^warning unused-disable m\d+\/a\.ts:1:1$/)).toBe(55);
  expect(countOf(/^error require-disable-reason m\d+\/a\.ts:2:40$/)).toBe(55);
});

test("the severities are those of the configuration, a missing reason's also for a part of the files", async () => {
  const unused = "// eslint-disable-next-line phasewise/no-sync-io -- once\nexport const a = 1;\n";
  const hidden = `${head}${read} // eslint-disable-line\n`;
  await using workspace = await createApplication({
    "phasewise.config.json": JSON.stringify({
      rules: { "unused-disable": "error", "require-disable-reason": "warn" },
      overrides: [{ files: ["legacy/**"], rules: { "require-disable-reason": "off" } }],
    }),
    "a.ts": unused,
    "b.ts": hidden,
    "legacy/b.ts": hidden,
  });
  expect(await check(workspace)).toEqual(["error unused-disable a.ts:1:1", "warning require-disable-reason b.ts:2:40"]);
  expect(await check(workspace, "--rule", "unused-disable=off", "--rule", "require-disable-reason=off")).toEqual([]);
});
