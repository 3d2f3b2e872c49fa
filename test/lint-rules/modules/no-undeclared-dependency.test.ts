import { describe, expect, test } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";
import { type Files, type Finding, Workspace } from "../workspace.js";

interface Told {
  readonly call?: string;
  readonly id?: string;
  readonly module?: string;
  readonly owner?: string;
  readonly list?: string;
  readonly line?: string;
  readonly path?: string;
  readonly place?: string;
}

const told = (data: Told) => ({
  ...{ call: "getService", id: "core.database", module: "billing", owner: "core.database", list: "dependencies" },
  ...{ line: `dependencies: ["core.database"]`, path: "", place: "its definition" },
  ...data,
});
const service = (data: Told = {}) => ({ messageId: "service", data: told(data) });
const event = (data: Told, ...outputs: [string, string]) => ({
  messageId: "event",
  data: told({ call: "subscribe", id: "core.database.opened", ...data }),
  suggestions: ["dependencies", "optionalDependencies"].map((list, index) => ({
    messageId: "add",
    data: told({ list }) as Record<string, string>,
    output: outputs[index] ?? "",
  })),
});

const head = `
import { type ActivationContext, type RegistrationContext, Service, createApplication, defineModule } from "@phasewise/runtime";
declare module "@phasewise/runtime" {
  interface ServiceRegistry { "core.database": object; "core.cache.entries": object; "billing.invoices": object; "mail": object }
  interface EventRegistry { "core.database.opened": object; "billing.paid": object }
}
defineModule({ id: "core", version: "1.0.0" });
defineModule({ id: "core.database", version: "1.0.0", async initialize(context) { context.registerService("core.database", {}); } });
defineModule({ id: "core.cache", version: "1.0.0", dependencies: ["circular"] });
`;

function testFiles(pairs: readonly Pair[]): void {
  testRule("no-undeclared-dependency", withHead(head, pairs));
}

const billing = (code: string, properties = "", hook = "setupModule") =>
  `export default defineModule({ id: "billing", version: "1.0.0",${properties} async ${hook}(context) { ${code} } });`;
const declared = ` dependencies: ["core.database"],`;

describe("a service", () => {
  testFiles([
    {
      name: "one of a module that is not among the dependencies",
      invalid: billing(`context.getService(«"core.database"»);`),
      output: billing(`context.getService("core.database");`, declared),
      errors: [service()],
      valid: billing(`context.getService("core.database");`, declared),
    },
    {
      name: "a lazy one, but neither the module's own nor one that a helper of several modules asks for",
      invalid: billing(`await context.getLazyService(«"core.database"»);`),
      output: billing(`await context.getLazyService("core.database");`, declared),
      errors: [service({ call: "getLazyService" })],
      valid: `${billing(`context.getService("billing.invoices"); await context.getLazyService("billing.invoices");`)}
export const connect = (context: ActivationContext) => context.getService("core.database");`,
    },
    {
      name: "one that need not be there, which makes the dependency optional",
      invalid: billing(`context.findService(«"core.database"»);`, ` dependencies: ["core"],`),
      output: billing(
        `context.findService("core.database");`,
        ` dependencies: ["core"], optionalDependencies: ["core.database"],`,
      ),
      errors: [
        service({
          call: "findService",
          list: "optionalDependencies",
          line: `optionalDependencies: ["core.database"]`,
        }),
      ],
      valid: billing(`context.findService("core.database");`, ` optionalDependencies: [{ id: "core.database" }],`),
    },
    {
      name: "one that nobody is seen to register, of the module with the longest id, as a suggestion",
      invalid: billing(`context.getService(«"core.cache.entries"»);`, ` dependencies: ["core"],`),
      errors: [
        {
          ...service({
            id: "core.cache.entries",
            owner: "core.cache",
            line: `dependencies: ["core", "core.cache"]`,
          }),
          suggestions: [
            {
              messageId: "add",
              data: told({ owner: "core.cache" }),
              output: billing(`context.getService("core.cache.entries");`, ` dependencies: ["core", "core.cache"],`),
            },
          ],
        },
      ],
      valid: billing(
        `context.getService("core.cache.entries"); context.getService("corecache.x" as never); context.getService("c" as never);`,
        ` dependencies: ["core.cache"],`,
      ),
    },
    {
      name: "one that another module registers under its id",
      invalid: `defineModule({ id: "post", version: "1", async initialize(context) { context.registerService("mail", {}); } });\ndefineModule({ id: "mail", version: "1" });\n${billing(`context.getService(«"mail"»);`)}`,
      output: `defineModule({ id: "post", version: "1", async initialize(context) { context.registerService("mail", {}); } });\ndefineModule({ id: "mail", version: "1" });\n${billing(`context.getService("mail");`, ` dependencies: ["post"],`)}`,
      errors: [service({ id: "mail", owner: "post", line: `dependencies: ["post"]` })],
      valid: `defineModule({ id: "mail", version: "1" });\nexport default defineModule({ id: "billing", version: "1", async initialize(context) { context["registerService"]("mail", {}); }, async setupModule(context) { context.getService("mail"); } });`,
    },
    {
      name: "one by destructuring, element access, an optional call and in a callback",
      invalid: billing(
        `const { getService: find } = context; find(«"core.database"»); context["getService"](«"core.database"»); context?.getService(«"core.database"»); context.background("a", async () => { context.getService(«"core.database"»); });`,
      ),
      output: billing(
        `const { getService: find } = context; find("core.database"); context["getService"]("core.database"); context?.getService("core.database"); context.background("a", async () => { context.getService("core.database"); });`,
        declared,
      ),
      errors: [service(), service(), service(), service()],
      valid: billing(
        `const { getService } = { getService: (id: string) => id }; getService("core.database"); createApplication({ modules: [] }).getService("core.database");`,
      ),
    },
    {
      name: "an id in a constant, and one of two ids",
      invalid: `const id = "core.database";\nconst other = id as "core.database" | "billing.invoices";\n${billing(`context.getService(«id»); context.getService(«other»);`)}`,
      output: `const id = "core.database";\nconst other = id as "core.database" | "billing.invoices";\n${billing(`context.getService(id); context.getService(other);`, declared)}`,
      errors: [service(), service()],
      valid: `declare const id: keyof import("@phasewise/runtime").ServiceRegistry extends infer Id ? Id : never;\ndeclare const any: any;\n${billing(`context.getService(any); context.getService(\`core.\${any}\` as never);`)}`,
    },
  ]);
});

describe("a list of dependencies", () => {
  const ask = `async setupModule(context) { context.getService("core.database"); }`;
  const asked = `async setupModule(context) { context.getService(«"core.database"»); }`;
  const lines = (...properties: string[]) =>
    `export default defineModule({\n  id: "billing",\n  ${properties.join("\n  ")}\n});`;
  testFiles([
    {
      name: "an empty one",
      invalid: lines(`version: "1",`, `dependencies: [/* none */],`, asked),
      output: lines(`version: "1",`, `dependencies: ["core.database" /* none */],`, ask),
      errors: [service()],
      valid: lines(`version: "1",`, `dependencies: [/* all */ "core.database"],`, ask),
    },
    {
      name: "none, behind the version and its comment",
      invalid: lines(`version: "1", // the first`, asked),
      output: lines(`version: "1", // the first`, `dependencies: ["core.database"],`, ask),
      errors: [service()],
      valid: lines(`version: "1",`, `dependencies: ["core.database"],`, ask),
    },
    {
      name: "none, behind the last property",
      invalid: lines(asked + ",", `version: "1" // the first`),
      output: lines(ask + ",", `version: "1", // the first`, `dependencies: ["core.database"]`),
      errors: [service()],
      valid: lines(ask + ",", `version: "1", // the first`, `dependencies: ["core.database"]`),
    },
    {
      name: "one on several lines, with comments and versions",
      invalid: lines(`version: "1",`, `dependencies: [`, `  { id: "core", version: "^1" }, // the core`, `],`, asked),
      output: lines(
        ...[`version: "1",`, `dependencies: [`, `  { id: "core", version: "^1" }, // the core`],
        ...[`  "core.database",`, `],`, ask],
      ),
      errors: [service({ line: `dependencies: [{ id: "core", version: "^1" }, "core.database"]` })],
      valid: lines(`version: "1",`, `dependencies: [`, `  { id: "core.database", version: "^1" },`, `],`, ask),
    },
    {
      name: "one on several lines without a comma at the end",
      invalid: lines(`version: "1",`, `dependencies: [`, `  'core' /* the core */`, `],`, asked).replaceAll(
        '"1"',
        "'1'",
      ),
      output: lines(`version: '1',`, `dependencies: [`, `  'core', /* the core */`, `  "core.database"`, `],`, ask),
      errors: [service({ line: `dependencies: ['core', "core.database"]` })],
      valid: lines(`version: "1",`, `dependencies: [`, `  'core.database'`, `],`, ask),
    },
    {
      name: "one in a constant, which is not changed, unless more may be in it",
      invalid: `const dependencies = ["core"] as const;\n${lines(`version: "1",`, `dependencies,`, asked)}`,
      errors: [service({ line: `dependencies: ["core", "core.database"]` })],
      valid: `declare const more: string[];\n${lines(`version: "1",`, `dependencies: ["core", ...more],`, ask)}`,
    },
    {
      name: "one that counts, but none where a spread may bring another",
      invalid: lines(`version: "1",`, `dependencies: ["core.database"],`, asked + ",", `dependencies: [],`),
      output: lines(`version: "1",`, `dependencies: ["core.database"],`, ask + ",", `dependencies: ["core.database"],`),
      errors: [service()],
      valid: `const base = { dependencies: ["core.database"] };\n${lines(`version: "1",`, ask + `,`, `...base,`, `id: "billing",`)}`,
    },
  ]);
});

const circular = (code: string) =>
  `defineModule({ id: "circular", version: "1", async setupModule(context) { ${code} } });`;

describe("a module that another one depends on", () => {
  testFiles([
    {
      name: "a service of that other one, which cannot be declared",
      invalid: circular(`context.getService(«"core.cache.entries"»);`),
      errors: [
        {
          messageId: "circle",
          data: told({
            ...{ id: "core.cache.entries", module: "circular", owner: "core.cache" },
            ...{ line: `dependencies: ["core.cache"]`, path: "circular → core.cache → circular" },
          }),
        },
      ],
      valid: circular(`context.subscribe("core.cache.*" as never, async () => {});`),
    },
  ]);
});

const listening = (call: string, properties = "") => billing(call, properties, "initialize");

describe("an event", () => {
  testFiles([
    {
      name: "a subscription to another module's, but not to the module's own and to all",
      invalid: listening(`context.subscribe(«"core.database.opened"», async () => {});`),
      errors: [
        event(
          {},
          listening(`context.subscribe("core.database.opened", async () => {});`, declared),
          listening(
            `context.subscribe("core.database.opened", async () => {});`,
            ` optionalDependencies: ["core.database"],`,
          ),
        ),
      ],
      valid: listening(
        `context.subscribe("billing.paid", async () => {}); context.once("billing.*", async () => {}); context.subscribe("*", async () => {});`,
      ),
    },
    {
      name: "a pattern",
      invalid: listening(`context.once(«"core.database.*"», async () => {});`),
      errors: [
        event(
          { call: "once", id: "core.database.*" },
          listening(`context.once("core.database.*", async () => {});`, declared),
          listening(`context.once("core.database.*", async () => {});`, ` optionalDependencies: ["core.database"],`),
        ),
      ],
      valid: listening(`context.once("core.database.*", async () => {});`, ` optionalDependencies: ["core.database"],`),
    },
    {
      name: "waiting for one, but not publishing one",
      invalid: billing(`await context.waitFor(«"core.database.opened"»);`),
      errors: [
        event(
          { call: "waitFor" },
          billing(`await context.waitFor("core.database.opened");`, declared),
          billing(`await context.waitFor("core.database.opened");`, ` optionalDependencies: ["core.database"],`),
        ),
      ],
      valid: billing(`await context.publish("core.database.opened", {});`),
    },
    {
      name: "iterating over them, unless the option says no",
      invalid: billing(
        `for await (const opened of context.events(«"core.database.opened"»)) context.logger.info(opened.id);`,
      ),
      errors: [
        event(
          { call: "events" },
          billing(
            `for await (const opened of context.events("core.database.opened")) context.logger.info(opened.id);`,
            declared,
          ),
          billing(
            `for await (const opened of context.events("core.database.opened")) context.logger.info(opened.id);`,
            ` optionalDependencies: ["core.database"],`,
          ),
        ),
      ],
      options: [{ checkEvents: true }],
      valid: billing(`for await (const opened of context.events("billing.paid")) context.logger.info(opened.id);`),
    },
    {
      name: "a service, where events are left out",
      invalid: billing(
        `context.getService(«"core.database"»); context.subscribe("core.database.opened", async () => {});`,
      ),
      output: billing(
        `context.getService("core.database"); context.subscribe("core.database.opened", async () => {});`,
        declared,
      ),
      errors: [service()],
      options: [{ checkEvents: false }],
      valid: billing(`context.subscribe("core.database.opened", async () => {});`),
    },
  ]);
});

const runtime = `from "@phasewise/runtime";\n`;
const files: Files = {
  "modules/core/database/module.ts": `import { defineModule, Service } ${runtime}
export class DatabaseService extends Service {}

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "core.database": DatabaseService;
  }
  interface EventRegistry {
    "core.database.opened": object;
  }
}

export default defineModule({
  id: "core.database",
  version: "1.0.0",
  async initialize(context) {
    context.registerService("core.database", new DatabaseService());
  },
});
`,
  "modules/billing/module.ts": `import { defineModule } ${runtime}
export default defineModule({ id: "billing", version: "1.0.0" });
`,
  "modules/billing/services/invoice-service.ts": `import { type ActivationContext, Result, Service } ${runtime}
export class InvoiceService extends Service {
  protected override async onInitialize(context: ActivationContext) {
    context.getService("core.database");
    return Result.success(undefined);
  }
}
`,
};

const summarize = (findings: readonly Finding[]) =>
  findings
    .filter(({ rule }) => rule === "no-undeclared-dependency")
    .map(({ file, line, column, message }) => `${file}:${line}:${column} ${/Write (.*)$/.exec(message)?.[1]}`);

describe("a module of several files", () => {
  const found = [
    'modules/billing/services/invoice-service.ts:5:24 `dependencies: ["core.database"]` in `../module.ts`.',
  ];

  test("is held to its dependencies in each, under both hosts", async () => {
    await using workspace = await Workspace.create(files);
    expect(summarize(await workspace.lintWithEslint())).toEqual(found);
    expect(summarize(await workspace.lintWithOxlint())).toEqual(found);
  });

  test("is held to them in the helpers of its own file, and has them added there", async () => {
    const module = "modules/billing/module.ts";
    await using workspace = await Workspace.create({
      ...files,
      [module]: `import { type ActivationContext, defineModule } ${runtime}
const connect = (context: ActivationContext) => context.getService("core.database");
export default defineModule({ id: "billing", version: "1.0.0", setupModule: async (context) => void connect(context) });
`,
    });
    expect(summarize(await workspace.lintWithEslint([module]))).toEqual([
      'modules/billing/module.ts:3:68 `dependencies: ["core.database"]` in its definition.',
    ]);
  });

  test("is right once the dependency is declared, and wrong once it is not", async () => {
    await using workspace = await Workspace.create(files);
    const service = "modules/billing/services/invoice-service.ts";
    const module = "modules/billing/module.ts";
    expect(summarize(await workspace.lintWithEslint([service]))).toEqual(found);

    const declaring = files[module]!.replace(" });", `, dependencies: ["core.database"] });`);
    await workspace.write({ [module]: declaring });
    expect(summarize(await workspace.lintWithEslint([service]))).toEqual([]);

    await workspace.lintUnsaved(module, declaring.replace(`"core.database"`, ""));
    expect(summarize(await workspace.lintWithEslint([service]))).toEqual(found);
  });

  test("is the nearest one above the file, and none where there is none or several", async () => {
    const service = files["modules/billing/services/invoice-service.ts"]!;
    const { "modules/billing/module.ts": billing = "", ...others } = files;
    await using workspace = await Workspace.create({
      ...others,
      "modules/shared/invoice-service.ts": service,
      "modules/twice/module.ts": billing,
      "modules/twice/other.ts": billing.replace("billing", "other"),
      "modules/twice/invoice-service.ts": service,
      "modules/billing/services/invoice-service.ts": service,
      "modules/billing/module.js": billing,
      "modules/billing/reports/module.ts": billing.replace(`"billing"`, `"reports", dependencies: ["core.database"]`),
      "modules/billing/reports/report-service.ts": service,
    });
    expect(summarize(await workspace.lintWithEslint())).toEqual([
      'modules/billing/services/invoice-service.ts:5:24 `dependencies: ["core.database"]` in `../module.js`.',
    ]);
  });

  test("may use whatever a test fakes", async () => {
    const probe = `import { defineModule } ${runtime}import { testApplication } from "@phasewise/runtime/testing";

const probe = defineModule({
  id: "probe",
  version: "1.0.0",
  async setupModule(context) {
    context.getService("core.database");
  },
});
await using application = await testApplication({ modules: [probe], services: { "core.database": {} as never } });
void application;
`;
    await using workspace = await Workspace.create({ ...files, "modules/billing/probe.test.ts": probe });
    expect(summarize(await workspace.lintWithEslint(["modules/billing/probe.test.ts"]))).toEqual([]);
  });
});
