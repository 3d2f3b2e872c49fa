import { describe, expect, test } from "vitest";
import { createWorkspace, type Workspace } from "./workspace.js";

const files = { "a.ts": "bad;\n", "src/b.ts": "bad; meh;\n" };

/** The findings as `rule severity file`. */
async function check(workspace: Workspace, args: readonly string[] = [], cwd = "."): Promise<string[]> {
  const { stdout, stderr } = await workspace.check(["--format", "json", ...args], { cwd });
  if (stdout === "") throw new Error(stderr);
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string; file: string }[] };
  return findings.map(({ rule, severity, file }) => `${rule} ${severity} ${file}`);
}

describe("a configuration file", () => {
  const typed = `enum Level { warn = "warn" }
interface Config { rules: Record<string, Level> }
const config: Config = { rules: { "no-bad": Level.warn } };
export default config satisfies Config;
`;
  test.for([
    ["phasewise.config.js", 'export default { rules: { "no-bad": "warn" } };\n'],
    ["phasewise.config.mjs", 'export default { rules: { "no-bad": "warn" } };\n'],
    ["phasewise.config.ts", typed],
    ["phasewise.config.json", '\uFEFF{ "$schema": "./a.json", "rules": { "no-bad": "warn" } }\n'],
  ] as const)("is read from %s at the root of the workspace, also from a folder below", async ([file, text]) => {
    await using workspace = await createWorkspace({
      "package.json": '{ "type": "module" }',
      "src/b.ts": "bad;\n",
      [file]: text,
    });
    expect(await check(workspace, [], "src")).toEqual(["no-bad warning src/b.ts"]);
  });

  test("switches rules, gives options, leaves files out and makes exceptions", async () => {
    await using workspace = await createWorkspace({
      ...files,
      "gen/c.ts": "bad;\n",
      "src/deep/[id].ts": "bad; meh;\n",
      "phasewise.config.json": JSON.stringify({
        rules: { "no-bad": ["error", { loud: true }], "no-far": "off" },
        ignores: ["gen"],
        overrides: [
          { files: ["src/**/\\[id\\].ts"], rules: { "prefer-good": "error" } },
          { files: ["*.ts"], rules: { "no-bad": "off" } },
        ],
      }),
    });
    expect(await check(workspace)).toEqual([
      "no-bad error src/b.ts",
      "prefer-good warning src/b.ts",
      "no-bad error src/deep/[id].ts",
      "prefer-good error src/deep/[id].ts",
    ]);
    expect(await check(workspace, ["gen/c.ts"])).toEqual([]);
  });

  test("sets how many warnings are allowed, and the flag beats it", async () => {
    const config = { "phasewise.config.json": '{ "maxWarnings": 0 }' };
    await using workspace = await createWorkspace({ "a.ts": "meh;\n", ...config });
    const { code, stderr } = await workspace.check();
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("Too many warnings: 1") });
    expect((await workspace.check(["--max-warnings", "1"])).code).toBe(0);
  });

  test("is another one with --config, and its globs start from the workspace all the same", async () => {
    await using workspace = await createWorkspace({
      ...files,
      "phasewise.config.json": "{ broken",
      "config/strict.json": '{ "rules": { "prefer-good": "error" }, "ignores": ["a.ts"] }',
    });
    const expected = ["no-bad error src/b.ts", "prefer-good error src/b.ts"];
    expect(await check(workspace, ["--config", "config/strict.json"])).toEqual(expected);
    expect(await check(workspace, ["--cwd", "config", "--config", "strict.json"])).toEqual(expected);
  });
});

describe("--rule", () => {
  const config = {
    rules: { "no-bad": ["warn", { loud: true }] },
    overrides: [{ files: ["src/**"], rules: { "no-bad": "off", "prefer-good": "off" } }],
  };

  test("beats all that the configuration says, and can be repeated", async () => {
    await using workspace = await createWorkspace({ ...files, "phasewise.config.json": JSON.stringify(config) });
    expect(await check(workspace)).toEqual(["no-bad warning a.ts"]);
    expect(await check(workspace, ["--rule", "no-bad=error", "--rule", "phasewise/prefer-good=warn"])).toEqual([
      "no-bad error a.ts",
      "no-bad error src/b.ts",
      "prefer-good warning src/b.ts",
    ]);
    expect(await check(workspace, ["--rule", "no-bad=off"])).toEqual([]);
  });

  test("--print-config shows what holds in the end", async () => {
    await using workspace = await createWorkspace({ ...files, "phasewise.config.json": JSON.stringify(config) });
    const { code, stdout } = await workspace.check([
      "--print-config",
      "--rule",
      "no-bad=error",
      "--rule",
      "graph/cycle=warn",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      extends: "recommended",
      rules: expect.objectContaining({
        "no-bad": ["error", { loud: true }],
        "no-far": ["error"],
        "prefer-good": ["warn"],
        "generated-drift": ["warn"],
        "unused-disable": ["warn"],
      }),
      settings: {},
      ignores: [],
      overrides: [{ files: ["src/**"], rules: { "no-bad": ["error", { loud: true }], "prefer-good": ["off"] } }],
      plugins: [],
      graph: { rules: { cycle: "warn" } },
      file: "phasewise.config.json",
    });
  });
});

describe("a configuration that cannot be used: exit code 2, no report, and an error that names the file and the key", () => {
  test.for<[unknown, string]>([
    [[], "the configuration has to be an object, and is []."],
    [{ rulez: {} }, "the configuration has no `rulez`. Did you mean rules? It takes extends, rules,"],
    [{ extends: "best" }, '`extends` has to be "recommended" or "strict" or "async", and is "best".'],
    [{ rules: { "no-bat": "error" } }, "`rules.no-bat` is no rule. Did you mean no-bad?"],
    [{ rules: { "phasewise/no-bad": "error" } }, "`rules.phasewise/no-bad` is a rule's full name. Write `no-bad`."],
    [{ rules: { "no-bad": "fatal" } }, '`rules.no-bad` has to be "off" or "warn" or "error", and is "fatal".'],
    [{ rules: { "no-bad": [2] } }, 'the severity of `rules.no-bad` has to be "off" or "warn" or "error", and is 2.'],
    [{ rules: { "no-bad": ["warn", { quiet: 1 }] } }, "`rules.no-bad[1]` has no `quiet`; it takes loud."],
    [{ rules: { "no-bad": ["warn", { loud: 1 }] } }, "`rules.no-bad[1].loud` has to be of the type boolean."],
    [
      { rules: { "no-bad": ["warn", {}, {}] } },
      "`rules.no-bad` has to be a severity, or a list of a severity and options.",
    ],
    [{ rules: { "no-far": ["warn", {}] } }, "`rules.no-far` has options, and the rule takes none."],
    [{ rules: ["no-bad"] }, '`rules` has to be an object, and is ["no-bad"].'],
    [
      { settings: { resultType: [] } },
      "`settings` has no `resultType`. Did you mean resultTypes? It takes resultTypes.",
    ],
    [{ settings: { resultTypes: "Result" } }, "`settings.resultTypes` has to be of the type array."],
    [{ ignores: "dist" }, '`ignores` has to be a list of globs, and is "dist".'],
    [{ ignores: ["dist", "!dist/a.js"] }, "`ignores[1]` begins with `!`: name the files themselves. It is"],
    [{ ignores: ["/dist"] }, "`ignores[0]` is absolute: globs start from the workspace."],
    [{ overrides: [{ file: ["a"], rules: {} }] }, "`overrides[0]` has no `file`. Did you mean files?"],
    [{ overrides: [{ files: [], rules: {} }] }, "`overrides[0].files` is empty."],
    [
      { overrides: [{ files: ["+(a|b).ts"], rules: {} }] },
      "`overrides[0].files[0]` has alternatives in parentheses: write `{a,b}`.",
    ],
    [{ overrides: [{ files: ["a"], rules: { "no-bat": "off" } }] }, "`overrides[0].rules.no-bat` is no rule."],
    [{ maxWarnings: -1 }, "`maxWarnings` has to be a whole number of 0 or more."],
    [{ graph: { rules: { cycl: "off" } } }, "`graph.rules` has no `cycl`. Did you mean cycle?"],
    [
      { graph: { rules: { cycle: "info" } } },
      '`graph.rules.cycle` has to be "off" or "warn" or "error", and is "info".',
    ],
  ])("%j", async ([config, message]) => {
    await using workspace = await createWorkspace({ ...files, "phasewise.config.json": JSON.stringify(config) });
    const { code, stdout, stderr } = await workspace.check(["--print-config"]);
    expect(stderr).toContain(`phasewise.config.json: ${message}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test.for([
    ["phasewise.config.json", "{ rules", /^phasewise\.config\.json: it cannot be loaded\. SyntaxError: /],
    ["phasewise.config.js", "export default {", /^phasewise\.config\.js: it cannot be loaded\. SyntaxError: /],
    ["phasewise.config.ts", "export default {", /^phasewise\.config\.ts: it cannot be loaded\. /],
    ["phasewise.config.js", 'throw new Error("no way");', /cannot be loaded\. Error: no way/],
    ["phasewise.config.js", 'import "nowhere";', /cannot be loaded\. Error: Cannot find package 'nowhere'/],
    ["phasewise.config.ts", "export const rules = {};", /It has no default export: write `export default defineConfig/],
    [
      "phasewise.config.yaml",
      "rules: {}",
      /phasewise\.config\.yaml is no kind of file.*Make it one of \.js, \.mjs, \.ts, \.json/,
    ],
  ] as const)("%s: %s", async ([file, text, message]) => {
    await using workspace = await createWorkspace({ ...files, "package.json": '{ "type": "module" }', [file]: text });
    const { code, stdout, stderr } = await workspace.check();
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("two of them", async () => {
    await using workspace = await createWorkspace({
      "phasewise.config.js": "export default {};",
      "phasewise.config.json": "{}",
    });
    const { code, stderr } = await workspace.check();
    expect(stderr).toMatch(/^phasewise\.config\.js and phasewise\.config\.json are two configurations for .*Keep one/);
    expect(code).toBe(2);
  });

  test.for([
    [["--config", "nowhere.js"], /nowhere\.js is no file\. Name a configuration file with --config <file>\./],
    [["--config", "a.md"], /a\.md is no kind of file/],
    [["--rule", "no-bad"], /^--rule: no-bad is not name=severity with off, warn or error/],
    [["--rule", "no-bad=2"], /^--rule: no-bad=2 is not name=severity/],
    [["--rule", "no-bat=off"], /^--rule: no-bat is no rule\. Did you mean no-bad\?/],
    [["--rule", "graph/cycles=off"], /^--rule: graph\/cycles is no rule\. Did you mean graph\/cycle\?/],
  ] as const)("%j", async ([args, message]) => {
    await using workspace = await createWorkspace({ ...files, "a.md": "" });
    const { code, stdout, stderr } = await workspace.check(args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});
