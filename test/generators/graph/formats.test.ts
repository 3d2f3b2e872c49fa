import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "../program.js";
import { temporaryFolder } from "../temporary-folder.js";
import { shop } from "./shop.js";
import { createWorkspace, moduleFile } from "./workspace.js";

const hostile = `</script><img src=x onerror=alert(1)>"'\`--]]>`;

test("the text has the modules level by level, with what they need, offer and tell, and what is wrong", async () => {
  await using workspace = await createWorkspace(shop);
  const { exitCode, stdout } = await workspace.run("graph");
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`level 0: activated at once
  core.logging 1.0.0  modules/core/logging/module.ts:4
    needed by   core.database, mail

level 1: after level 0
  core.database 1.0.0  modules/core/database/module.ts:5
    depends on  core.logging
    needed by   orders
    offers      core.database (Database)
  mail 1.0.0  modules/mail/module.ts:4
    depends on  core.logging ^1
    needed by   reports
    handles     orders.*

level 2: after level 1
  reports 1.0.0  modules/reports/module.ts:4
    depends on  mail
    undeclared  core.database for core.database

never activated: in a circle, or behind one
  billing 1.0.0  modules/billing/module.ts:4
    depends on  orders (circle), mial (not there), audit (optional, not there)
    needed by   orders
  orders 1.0.0  modules/orders/module.ts:4
    depends on  core.database, billing (circle)
    needed by   billing
    publishes   orders.paid

problems
  modules/billing/module.ts:6:28  error  Module "billing" depends on "mial", which no module of this workspace is: the application does not boot. Did you mean mail? Correct the id.  graph/missing-dependency
  modules/reports/module.ts:8:24  error  \`getService("core.database")\` asks for a service of module "core.database", which module "reports" does not depend on.  graph/undeclared-dependency
  modules/billing/module.ts:6:18  error  Modules depend on each other in a circle: billing → orders → billing.  graph/cycle
  modules/orders/module.ts:6:35  error  Modules depend on each other in a circle: orders → billing → orders.  graph/cycle

6 modules in 4 levels, 4 problems.
`);
});

test("JSON names modules by id, and says where everything is", async () => {
  await using workspace = await createWorkspace(shop);
  const { modules, problems, unreadable } = JSON.parse((await workspace.run("graph", "--format", "json")).stdout);
  expect(modules.map(({ id, level }: { id: string; level: number | null }) => [id, level])).toEqual([
    ["core.logging", 0],
    ["core.database", 1],
    ["mail", 1],
    ["reports", 2],
    ["billing", null],
    ["orders", null],
  ]);
  expect(modules[5]).toEqual({
    id: "orders",
    version: "1.0.0",
    file: "modules/orders/module.ts",
    line: 4,
    level: null,
    dependencies: [
      { id: "core.database", version: null, isOptional: false, isCircular: false, isThere: true },
      { id: "billing", version: null, isOptional: false, isCircular: true, isThere: true },
    ],
    dependents: ["billing"],
    undeclared: [],
    services: [],
    uses: [],
    declaredEvents: ["orders.paid"],
    publishedEvents: ["orders.paid"],
    handledEvents: [],
    layers: [],
    circle: ["orders", "billing", "orders"],
    isComplete: true,
  });
  expect(modules[3].undeclared).toEqual([
    { service: "core.database", module: "core.database", place: "modules/reports/module.ts:8:24" },
  ]);
  expect(problems).toHaveLength(4);
  expect(unreadable).toEqual([]);
});

test("Mermaid and DOT draw circles and undeclared dependencies in red", async () => {
  await using workspace = await createWorkspace(shop);
  const { stdout: mermaid } = await workspace.run("graph", "--format", "mermaid");
  expect(mermaid.split("\n").slice(0, 3)).toEqual(["flowchart RL", '  m0["core.logging"]', '  m1["core.database"]']);
  expect(mermaid).toContain("  m3 -. undeclared .-> m1\n");
  expect(mermaid).toContain("  m4 -- circle --> m5\n");
  expect(mermaid).toMatch(/ {2}linkStyle \d+,\d+,\d+ stroke:#c62828/);
  const { stdout: dot } = await workspace.run("graph", "--format", "dot");
  expect(dot).toContain('  m4 -> m5 [color="#c62828"];\n');
  expect(dot).toContain('  m3 -> m1 [color="#c62828", style=dashed, label="undeclared"];\n');
});

test("ids that look like markup stay ids in every format", async () => {
  await using workspace = await createWorkspace({ "modules/a/module.ts": moduleFile(hostile) });
  const draw = async (format: string) => (await workspace.run("graph", "--format", format)).stdout;
  expect(JSON.parse(await draw("json")).modules[0].id).toBe(hostile);
  expect(await draw("mermaid")).toMatch(/^ {2}m0\["[^"<>`]*"\]$/m);
  expect(await draw("dot")).toContain(`label="${hostile.replace('"', '\\"')}"`);
  const html = await draw("html");
  expect(html).not.toContain("<img");
  expect(html.match(/<\/script>/g)).toHaveLength(2);
});

test("--focus draws what a module needs and what needs it, and knows a misspelt id", async () => {
  await using workspace = await createWorkspace(shop);
  const { stdout } = await workspace.run("graph", "--focus", "mail", "--format", "json");
  const { modules, problems } = JSON.parse(stdout);
  expect(modules.map(({ id }: { id: string }) => id)).toEqual(["core.logging", "mail", "reports"]);
  expect(problems).toMatchObject([{ rule: "graph/undeclared-dependency", module: "reports" }]);
  const { exitCode, stderr } = await workspace.run("graph", "--focus", "mial");
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    "There is no module mial to focus on. Did you mean mail? There are: core.logging, core.database, mail, reports, billing, orders.\n",
  );
});

test("a definition that only running the code would tell is listed", async () => {
  await using workspace = await createWorkspace({
    "modules/a/module.ts": moduleFile("a"),
    "modules/b/module.ts": moduleFile("x").replace('"x"', "String(process.pid)"),
  });
  expect((await workspace.run("graph")).stdout).toContain(
    "known only by running the code\n  modules/b/module.ts:3:16\n",
  );
});

test("the configuration's ignores and severities hold for a drawing too", async () => {
  await using workspace = await createWorkspace({
    ...shop,
    "old/modules/mail/module.ts": moduleFile("mail"),
    "phasewise.config.js": `export default { ignores: ["old/"], graph: { rules: { "missing-dependency": "off" } } };\n`,
  });
  const { modules, problems } = JSON.parse((await workspace.run("graph", "--format", "json")).stdout);
  expect(modules).toHaveLength(6);
  expect(problems.map(({ rule }: { rule: string }) => rule)).not.toContain("graph/missing-dependency");
});

test("--output-file is written as a whole, or not at all", async () => {
  await using workspace = await createWorkspace(shop);
  const written = await workspace.run("graph", "--format", "dot", "--output-file", "graph.dot");
  expect(written).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  expect(await readFile(join(workspace.path, "graph.dot"), "utf8")).toMatch(/^digraph modules \{\n[^]*\n\}\n$/);
  const refused = await workspace.run("graph", "--focus", "nobody", "--output-file", "other.txt");
  expect(refused.exitCode).toBe(2);
  expect(Object.keys(await workspaceFiles(workspace))).not.toContain("other.txt");
});

/** What is in the folder, installed packages left out. */
async function workspaceFiles({ path }: { readonly path: string }): Promise<Record<string, string>> {
  const text = async (name: string) => [name, await readFile(join(path, name), "utf8").catch(() => undefined)] as const;
  const read = await Promise.all(["graph.dot", "other.txt"].map(text));
  return Object.fromEntries(read.filter(([, content]) => content !== undefined)) as Record<string, string>;
}

test.each([
  { args: ["--format", "chrome-trace"], message: "--boot <file>" },
  { args: ["--format", "svg"], message: "Invalid values" },
  { args: ["--cwd", "nowhere"], message: "does not exist" },
])("graph $args is wrong usage, with exit code 2", async ({ args, message }) => {
  await using workspace = await createWorkspace(shop);
  const { exitCode, stdout, stderr } = await workspace.run("graph", ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test("a workspace without modules, and one without the rules, is told so", async () => {
  await using empty = await createWorkspace({ "src/main.ts": "export {};\n" });
  expect(await empty.run("graph")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("no file calls defineModule"),
  });
  await using bare = await temporaryFolder({ "package.json": "{}", "modules/a/module.ts": moduleFile("a") });
  const { exitCode, stderr } = await runProgram("phasewise", ["graph"], { cwd: bare.path });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("npm install --save-dev @phasewise/eslint-plugin");
});

test("without the native checker nothing is drawn, with exit code 3 and what to do about it", async () => {
  await using workspace = await createWorkspace(shop);
  const env = {
    NODE_OPTIONS: `--import ${new URL("../../lint-rules/workspaces/hide-checker.mjs", import.meta.url).href}`,
  };
  const { exitCode, stdout, stderr } = await runProgram("phasewise", ["graph"], { cwd: workspace.path, env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
  expect(stderr).toContain("TypeScript's native checker does not start");
  expect(stderr).toContain("Reinstall with optional dependencies");
});

test("findings of the gate stand with the module in whose folder they are", async () => {
  await using workspace = await createWorkspace({
    "modules/core/module.ts": moduleFile("core"),
    "modules/core/deep/read.ts": `import { readFileSync } from "node:fs";\n\nexport const read = () => readFileSync("a");\n`,
    "modules/core/mail/module.ts": moduleFile("core.mail"),
    "modules/core/mail/read.ts": `import { statSync } from "node:fs";\n\nexport const look = () => statSync("a");\n`,
    "read.ts": `import { existsSync } from "node:fs";\n\nexport const ask = () => existsSync("a");\n`,
  });
  await workspace.run("check", "--format", "json", "--output-file", "findings.json");
  const report = await readFile(join(workspace.path, "findings.json"), "utf8");
  // Some editors and shells put a byte order mark in front.
  await writeFile(join(workspace.path, "findings.json"), `\uFEFF${report}`);
  const { exitCode, stdout } = await workspace.run("graph", "--format", "json", "--findings", "findings.json");
  const { problems } = JSON.parse(stdout) as { problems: { rule: string; place: string; module: string | null }[] };
  expect(exitCode).toBe(0);
  expect(problems.map(({ rule, place, module }) => [rule, place, module])).toEqual([
    ["no-sync-io", "modules/core/deep/read.ts:3:27", "core"],
    ["no-sync-io", "modules/core/mail/read.ts:3:27", "core.mail"],
    ["no-sync-io", "read.ts:3:26", null],
  ]);
});

test.each(["", "{}", `{ "findings": [{ "rule": "no-sync-io" }] }`])(
  "findings that are %j are wrong usage",
  async (text) => {
    await using workspace = await createWorkspace({
      "modules/core/module.ts": moduleFile("core"),
      "findings.json": text,
    });
    const { exitCode, stdout, stderr } = await workspace.run("graph", "--findings", "findings.json");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(
      "findings.json is no report of findings that can be read. Write one with: phasewise check",
    );
  },
);
