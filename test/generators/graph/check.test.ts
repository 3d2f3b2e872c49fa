import { expect, test } from "vitest";
import { createWorkspace, moduleFile } from "./workspace.js";

const database = moduleFile("core.database", {
  top: `declare module "@phasewise/runtime" { interface ServiceRegistry { "core.database": object } }`,
  properties: `  async initialize(context) {\n    context.registerService("core.database", {});\n  },\n`,
});

const dependencies = (list: string) => ({ properties: `  dependencies: [${list}],\n` });

test("a dependency that no module is fails the gate, with the id that was meant", async () => {
  await using workspace = await createWorkspace({
    "modules/core/database/module.ts": database,
    "modules/billing/module.ts": moduleFile("billing", dependencies('"core.databse"')),
    "modules/mail/module.ts": moduleFile("mail", {
      properties: '  dependencies: ["core.database"],\n  optionalDependencies: ["audit"],\n',
    }),
  });
  expect(await workspace.findProblems()).toEqual([
    'modules/billing/module.ts:6:18 error graph/missing-dependency: Module "billing" depends on "core.databse", which no ' +
      "module of this workspace is: the application does not boot. Did you mean core.database? Correct the id.",
  ]);
  expect((await workspace.run("check")).exitCode).toBe(1);
});

test("where a module's id is only known by running the code, a dependency without a likely id may be that module", async () => {
  await using workspace = await createWorkspace({
    "modules/core/database/module.ts": database,
    "modules/dynamic/module.ts": moduleFile("x").replace('"x"', 'process.env["ID"]!'),
    "modules/a/module.ts": moduleFile("a", dependencies('"something-else"')),
    "modules/b/module.ts": moduleFile("b", dependencies('"core.databas"')),
  });
  expect(await workspace.findProblems()).toEqual([
    expect.stringMatching(
      /^modules\/b\/module\.ts:6:18 warning graph\/missing-dependency: .*Did you mean core\.database\?/,
    ),
  ]);
});

test("a version out of the range is found, and a range that is none", async () => {
  await using workspace = await createWorkspace({
    "modules/core/database/module.ts": database,
    "modules/a/module.ts": moduleFile("a", dependencies('{ id: "core.database", version: "^2" }')),
    "modules/b/module.ts": moduleFile("b", dependencies('{ id: "core.database", version: "newest" }')),
    "modules/c/module.ts": moduleFile("c", dependencies('{ id: "core.database", version: ">=1 <3" }')),
  });
  expect(await workspace.findProblems()).toEqual([
    'modules/a/module.ts:6:18 error graph/version-mismatch: Module "a" needs "core.database" in version ^2, and it is 1.0.0 ' +
      '(modules/core/database/module.ts): the application does not boot. Change the range, or the version of "core.database".',
    'modules/b/module.ts:6:18 error graph/version-mismatch: "newest" is no range of versions. Write one as npm does: "^2", ' +
      '">=1.4 <3" or "1.x".',
  ]);
});

test("an id that two modules of one application have is found at both, and not in two applications", async () => {
  await using workspace = await createWorkspace({
    "apps/shop/modules/a/module.ts": moduleFile("a"),
    "apps/shop/modules/b/module.ts": moduleFile("a"),
    "apps/admin/modules/a/module.ts": moduleFile("a"),
  });
  expect(await workspace.findProblems()).toEqual([
    expect.stringMatching(
      /^apps\/shop\/modules\/a\/module\.ts:4:3 error graph\/duplicate-module: apps\/shop\/modules\/b\/module\.ts:4 /,
    ),
    expect.stringMatching(
      /^apps\/shop\/modules\/b\/module\.ts:4:3 error graph\/duplicate-module: apps\/shop\/modules\/a\/module\.ts:4 /,
    ),
  ]);
});

test("a service that two modules register is found, but not one that is registered in either of two cases", async () => {
  const register = (code: string) => ({ properties: `  async initialize(context) {\n    ${code}\n  },\n` });
  const offer = 'context.registerService("core.database", {});';
  await using workspace = await createWorkspace({
    "modules/core/database/module.ts": database,
    "modules/a/module.ts": moduleFile("a", register(offer)),
    "modules/b/module.ts": moduleFile("b", register(`if (process.argv[2]) ${offer} else ${offer}`)),
  });
  expect(await workspace.findProblems()).toEqual([
    'modules/a/module.ts:7:29 error graph/duplicate-service: Service "core.database" is registered by module "core.database" too ' +
      "(modules/core/database/module.ts:7): the application does not boot with both. Give one of them an id of its own.",
    expect.stringMatching(
      /^modules\/core\/database\/module\.ts:7:29 error graph\/duplicate-service: .* by module "a" too/,
    ),
  ]);
});

const events = `declare module "@phasewise/runtime" {
  interface EventRegistry { "orders.paid": string; "orders.sent": string; "mail.sent": string }
  interface ServiceRegistry { "mail.sender": object; "mail.archive": object }
}`;

test("services that nobody registers and events that nobody publishes or handles are found", async () => {
  await using workspace = await createWorkspace({
    "modules/orders/module.ts": moduleFile("orders", {
      top: events,
      properties: `  async setupModule(context) {
    context.getService("mail.sender");
    context.findService("mail.archive");
  },
  async start(context) {
    await context.publish("orders.paid", "1");
    context.publishAndForget("orders.sent", "1");
    context.publishAndForget("orders.sent", "2");
  },
`,
    }),
    "modules/mail/module.ts": moduleFile("mail", {
      properties: `  optionalDependencies: ["orders"],
  async initialize(context) {
    context.subscribe("orders.paid", async () => {});
    context.subscribe("mail.*", async () => {});
  },
`,
    }),
  });
  const found = await workspace.findProblems();
  expect(found).toEqual([
    expect.stringMatching(/^modules\/mail\/module\.ts:9:23 error graph\/unpublished-event: `subscribe\("mail\.\*"\)`/),
    expect.stringMatching(
      /^modules\/orders\/module\.ts:10:24 error graph\/unprovided-service: `getService\("mail\.sender"\)`/,
    ),
    expect.stringMatching(
      /^modules\/orders\/module\.ts:15:30 warning graph\/unhandled-event: `publishAndForget\("orders\.sent"\)`/,
    ),
  ]);
});

test("code that names a service or an event by a variable may be just what is missed, so nothing is said", async () => {
  await using workspace = await createWorkspace({
    "modules/orders/module.ts": moduleFile("orders", {
      top: events,
      properties: `  async initialize(context) {
    for (const id of process.argv) context.registerService(id as never, {} as never);
    for (const id of process.argv) context.subscribe(id as never, async () => {});
    context.subscribe("mail.sent", async () => {});
  },
  async start(context) {
    context.getService("mail.sender");
    for (const id of process.argv) await context.publish(id as never, "1" as never);
    await context.publish("orders.paid", "1");
  },
`,
    }),
  });
  expect(await workspace.findProblems()).toEqual([]);
});

test("a circle is left to the lint rule, but for one through several TypeScript projects, which that cannot see", async () => {
  const project = JSON.stringify({
    compilerOptions: {
      module: "nodenext",
      target: "es2023",
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
    },
  });
  const circle = { a: moduleFile("a", dependencies('"b"')), b: moduleFile("b", dependencies('"a"')) };
  await using together = await createWorkspace({ "modules/a/module.ts": circle.a, "modules/b/module.ts": circle.b });
  expect(await together.findProblems()).toEqual([]);
  expect((await together.run("check")).stdout).toContain("no-circular-dependency");

  await using apart = await createWorkspace({
    "tsconfig.json": JSON.stringify({ files: [] }),
    "packages/a/tsconfig.json": project,
    "packages/a/module.ts": circle.a,
    "packages/b/tsconfig.json": project,
    "packages/b/module.ts": circle.b,
  });
  expect(await apart.findProblems()).toEqual([
    expect.stringMatching(/^packages\/a\/module\.ts:6:18 error graph\/cycle: .* in a circle: a → b → a\./),
    expect.stringMatching(/^packages\/b\/module\.ts:6:18 error graph\/cycle: .* in a circle: b → a → b\./),
  ]);
});

test("with paths the facts are those of the whole workspace, and the findings those of the paths", async () => {
  await using workspace = await createWorkspace({
    "modules/core/database/module.ts": database,
    "modules/a/module.ts": moduleFile("a", dependencies('"core.database", "nobody"')),
    "modules/b/module.ts": moduleFile("b", dependencies('"core.database", "nobody-else"')),
  });
  expect(await workspace.findProblems("modules/a")).toEqual([
    expect.stringMatching(/^modules\/a\/module\.ts:6:35 error graph\/missing-dependency: .*"nobody"/),
  ]);
});

test("files that are left out, by a flag or by .gitignore, have no part in the graph", async () => {
  await using workspace = await createWorkspace({
    ".gitignore": "build/\n",
    "build/modules/a/module.ts": moduleFile("a", dependencies('"nobody"')),
    "old/modules/b/module.ts": moduleFile("b", dependencies('"nobody"')),
    "modules/c/module.ts": moduleFile("c"),
  });
  expect(await workspace.findProblems("--ignore", "old/**")).toEqual([]);
  expect(await workspace.findProblems()).toHaveLength(1);
});

test("a pretty report shows the line that is meant", async () => {
  await using workspace = await createWorkspace({
    "modules/a/module.ts": moduleFile("a", dependencies('"nobody"')),
  });
  const { stdout } = await workspace.run("check");
  expect(stdout).toContain('    6 | dependencies: ["nobody"],\n      |                ^^^^^^^^');
});
