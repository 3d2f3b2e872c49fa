import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder, type Files } from "./temporary-folder.js";

const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const configuration = (more = "") =>
  `import { defineConfig } from "phasewise";\n\nexport default defineConfig({\n  extends: "async",${more}\n});\n`;
const workspace: Files = {
  ...emptyWorkspace,
  "eslint.config.js": `import phasewise from "@phasewise/eslint-plugin";
import config from "./phasewise.config.js";

export default phasewise.configure(config);
`,
  "phasewise.config.js": configuration(),
  "src/wait.ts": "export function wait(isReady: () => boolean): void {\n  while (!isReady()) {}\n}\n",
};
const reports = "loops that wait until a variable has changed";
const createRule = (name: string) => ["create", "lint-rule", name, "--reports", reports];

async function open(files: Files = {}) {
  const folder = await temporaryFolder({ ...workspace, ...files });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  const run = (...args: readonly string[]) => runProgram("phasewise", args, { cwd: folder.path });
  return {
    ...folder,
    run,
    /** What the gate and ESLint find in the workspace's source, as `rule severity line`. */
    findInGate: async (...flags: readonly string[]) => {
      const { stdout } = await run("check", "src", "--format", "json", ...flags);
      const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string; line: number }[] };
      return findings.map(({ rule, severity, line }) => `${rule} ${severity} ${line}`);
    },
    findInEditor: async () => {
      const program = join(nodeModules, "eslint/bin/eslint.js");
      const ran = promisify(execFile)(process.execPath, [program, "--format", "json", "src"], { cwd: folder.path });
      const { stdout } = await ran.catch((error: { stdout: string }) => error);
      const [{ messages }] = JSON.parse(stdout) as [{ messages: { ruleId: string; severity: number; line: number }[] }];
      return messages.map(({ ruleId, severity, line }) => `${ruleId} ${severity > 1 ? "error" : "warning"} ${line}`);
    },
  };
}

describe("a lint rule of the workspace", () => {
  it("is found by the gate and by ESLint, from the next run on", async () => {
    await using folder = await open();
    expect(await folder.findInGate()).toEqual([]);
    const { exitCode, stdout } = await folder.run(...createRule("no-busy-wait"), "--json");
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({
      exitCode: 0,
      created: [
        "lint-rules/no-busy-wait.js",
        "lint-rules/no-busy-wait.md",
        "lint-rules/no-busy-wait.test.js",
        "lint-rules/index.js",
      ],
      edited: ["phasewise.config.js"],
    });
    expect(await folder.findInGate()).toEqual(["local/no-busy-wait error 2"]);
    expect(await folder.findInEditor()).toEqual(["local/no-busy-wait error 2"]);
  });

  it("has the severity that the configuration says, or the flag, in the editor too", async () => {
    await using folder = await open();
    await folder.run(...createRule("no-busy-wait"));
    await folder.run(...createRule("no-idle-loop"));
    const { "phasewise.config.js": text = "" } = await folder.files();
    const rules = `rules: { "local/no-busy-wait": "warn" }, overrides: [{ files: ["src/**"], rules: { "local/no-idle-loop": "off" } }],`;
    await folder.write({ "phasewise.config.js": text.replace("extends:", `${rules} extends:`) });
    expect(await folder.findInGate()).toEqual(["local/no-busy-wait warning 2"]);
    expect(await folder.findInEditor()).toEqual(["local/no-busy-wait warning 2"]);
    expect(await folder.findInGate("--rule", "local/no-busy-wait=off")).toEqual([]);
    const { stdout } = await folder.run("check", "--print-config");
    expect(JSON.parse(stdout)).toMatchObject({
      rules: { "local/no-busy-wait": ["warn"], "local/no-idle-loop": ["error"] },
      plugins: [{ name: "local", file: join(folder.path, "lint-rules/index.js") }],
    });
  });

  it("is silenced by its name, in both", async () => {
    const silenced = workspace["src/wait.ts"]!.replace(
      "  while",
      "  // eslint-disable-next-line local/no-busy-wait -- the queue is short\n  while",
    );
    await using folder = await open({ "src/wait.ts": silenced });
    await folder.run(...createRule("no-busy-wait"));
    expect(await folder.findInGate()).toEqual([]);
    expect(await folder.findInEditor()).toEqual([]);
  });

  it("is refused where no configuration can name it, and where its name is taken", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    const refused = await runProgram("phasewise", createRule("no-busy-wait"), { cwd: folder.path });
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("Make phasewise.config.js") });
    expect(await folder.files()).toEqual(emptyWorkspace);

    await using other = await open();
    await other.run(...createRule("no-busy-wait"));
    expect(await other.run(...createRule("no-busy-wait"))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("lint-rules/no-busy-wait.js exists already"),
    });
    expect(await other.run(...createRule("busy-wait"))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`must begin with "no-"`),
    });
  });
});

describe("plugins in the configuration", () => {
  const rule = `{ create: () => ({}) }`;
  it.each([
    [`"./lint-rules/index.js"`, "`plugins[0]` has to be an object"],
    [`{ rules: {} }`, "`plugins[0].meta` has to be an object"],
    [
      `{ meta: { name: "a/b", file: import.meta.url }, rules: {} }`,
      "`plugins[0].meta.name` has to be lower-case words",
    ],
    [`{ meta: { name: "phasewise", file: import.meta.url }, rules: {} }`, "is that of Phasewise's own plugin"],
    [`{ meta: { name: "a" }, rules: {} }`, "`plugins[0].meta.file` has to say where the plugin is: import.meta.url."],
    [`{ meta: { name: "a", file: import.meta.url }, rules: { b: {} } }`, "`plugins[0].rules.b` is no rule"],
    [
      `{ meta: { name: "a", file: import.meta.url }, rules: {} }, { meta: { name: "a", file: import.meta.url }, rules: {} }`,
      "two of `plugins` have the name a",
    ],
    [
      `{ meta: { name: "node", file: import.meta.url }, rules: { b: ${rule} } }`,
      "has the name node, which oxlint keeps for its own",
    ],
  ])("stop the gate with 2 where one is %s", async (plugins, message) => {
    await using folder = await open({ "phasewise.config.js": configuration(`\n  plugins: [${plugins}],`) });
    const { exitCode, stderr } = await folder.run("check", "src");
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  it("stop the gate with 2 where one cannot be loaded, or a rule of none is named", async () => {
    await using folder = await open();
    await folder.run(...createRule("no-busy-wait"));
    const { "phasewise.config.js": text = "" } = await folder.files();
    await folder.write({
      "phasewise.config.js": text.replace("extends:", `rules: { "local/no-bussy-wait": "off" }, extends:`),
    });
    expect(await folder.run("check", "src")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("`rules.local/no-bussy-wait` is no rule. Did you mean local/no-busy-wait?"),
    });
    await folder.write({ "phasewise.config.js": text, "lint-rules/index.js": "export default {" });
    expect(await folder.run("check", "src")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("phasewise.config.js: it cannot be loaded. SyntaxError"),
    });
  });

  it("end the gate with 3 where a rule of one throws, and say whose it may be", async () => {
    await using folder = await open();
    await folder.run(...createRule("no-busy-wait"));
    const { "lint-rules/no-busy-wait.js": text = "" } = await folder.files();
    await folder.write({ "lint-rules/no-busy-wait.js": text.replace("if (node", "node.none.none(); if (node") });
    const { exitCode, stderr } = await folder.run("check", "src");
    expect(stderr).toContain("or repair the rule if it is one of your own");
    expect(exitCode).toBe(3);
  });
});
