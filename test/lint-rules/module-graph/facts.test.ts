import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createWorkspace } from "../../generators/graph/workspace.js";
import type { Files } from "../../generators/temporary-folder.js";

const program = fileURLToPath(new URL("../../../src/lint-rules/dist/module-graph/program.js", import.meta.url));

interface Fact {
  readonly id: string;
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

interface Facts {
  readonly modules: (Fact & {
    readonly version?: string;
    readonly visibility: string;
    readonly isComplete: boolean;
    readonly dependencies: (Fact & { readonly isOptional: boolean; readonly version?: string })[];
    readonly services: (Fact & {
      readonly className?: string;
      readonly isLazy: boolean;
      readonly isConditional: boolean;
    })[];
    readonly uses: (Fact & { readonly call: string; readonly isOptional: boolean })[];
    readonly declaredEvents: Fact[];
    readonly publishedEvents: (Fact & { readonly call: string })[];
    readonly handledEvents: (Fact & { readonly call: string })[];
    readonly unknown: { readonly call: string }[];
    readonly layers: string[];
    readonly project: string;
  })[];
  readonly unreadable: { readonly place: Fact["place"] }[];
  readonly shared: { readonly uses: Fact[]; readonly services: Fact[] };
  readonly packages: string[];
}

/** What the program prints about a workspace of these files. */
async function readFacts(files: Files): Promise<Facts> {
  await using workspace = await createWorkspace(files);
  const child = spawn(process.execPath, [program], { cwd: workspace.path, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(Object.keys(files).join("\n"));
  const facts = JSON.parse(await text(child.stdout)) as Facts;
  return { ...facts, modules: facts.modules.sort((one, other) => (one.id < other.id ? -1 : 1)) };
}

const at = ({ place: { file, line, column } }: { readonly place: Fact["place"] }) => `${file}:${line}:${column}`;

const billing = `import { defineModule } from "@phasewise/runtime";
import { InvoiceService } from "./invoice-service.js";
import { invoicesId, paid } from "./ids.js";

const id = "billing";

export default defineModule({
  id,
  version: "1.2.0",
  dependencies: ["core.database", { id: "mail", version: "^2" }],
  optionalDependencies: ["audit"],
  async initialize({ registerService, registerLazyService: later, subscribe }) {
    registerService(invoicesId, new InvoiceService());
    if (process.env["REPORTS"]) later("billing.reports", async () => new InvoiceService());
    subscribe("mail.*", async () => {});
  },
  async start(context) {
    context.publishAndForget(paid, { invoiceId: "1" });
  },
});
`;

const service = `import { type ActivationContext, Result, Service } from "@phasewise/runtime";

export class InvoiceService extends Service {
  protected override async onInitialize(context: ActivationContext) {
    context.getService("core.database");
    context.findService("audit.log");
    return Result.success(undefined);
  }
}
`;

const ids = `import type { InvoiceService } from "./invoice-service.js";

export const invoicesId = "billing.invoices";
export const paid = \`billing.paid\`;

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "billing.invoices": InvoiceService;
    "billing.reports": InvoiceService;
    "core.database": object;
    "audit.log": object;
  }
  interface EventRegistry {
    "billing.paid": { invoiceId: string };
    "mail.sent": { to: string };
  }
}
`;

const files = {
  "modules/billing/module.ts": billing,
  "modules/billing/invoice-service.ts": service,
  "modules/billing/ids.ts": ids,
  "modules/billing/operations/sum.ts": "export const sum = 1;\n",
};

test("a module is told with its version, dependencies and their places, also by constants of other files", async () => {
  const { modules, unreadable, packages } = await readFacts(files);
  expect(modules).toHaveLength(1);
  const [module] = modules;
  expect(module).toMatchObject({ id: "billing", version: "1.2.0", visibility: "discovered", isComplete: true });
  expect(module).toMatchObject({ layers: ["operations"], project: "tsconfig.json" });
  expect(at(module!)).toBe("modules/billing/module.ts:8:3");
  expect(
    module!.dependencies.map(({ id, isOptional, version, ...fact }) => [id, isOptional, version, at(fact)]),
  ).toEqual([
    ["core.database", false, undefined, "modules/billing/module.ts:10:18"],
    ["mail", false, "^2", "modules/billing/module.ts:10:35"],
    ["audit", true, undefined, "modules/billing/module.ts:11:26"],
  ]);
  expect({ unreadable, packages }).toEqual({ unreadable: [], packages: [] });
});

test("what a module registers, asks for, publishes and handles is told, whatever its code calls the methods", async () => {
  const [module] = (await readFacts(files)).modules;
  expect(module!.services).toMatchObject([
    { id: "billing.invoices", className: "InvoiceService", isLazy: false, isConditional: false },
    { id: "billing.reports", className: "InvoiceService", isLazy: true, isConditional: true },
  ]);
  expect(module!.uses.map(({ id, call, isOptional, ...fact }) => [id, call, isOptional, at(fact)])).toEqual([
    ["core.database", "getService", false, "modules/billing/invoice-service.ts:5:24"],
    ["audit.log", "findService", true, "modules/billing/invoice-service.ts:6:25"],
  ]);
  expect(module!.declaredEvents.map(({ id }) => id)).toEqual(["billing.paid", "mail.sent"]);
  expect(module!.publishedEvents).toMatchObject([{ id: "billing.paid", call: "publishAndForget" }]);
  expect(module!.handledEvents).toMatchObject([{ id: "mail.*", call: "subscribe" }]);
});

test("a definition that only running the code would tell is listed, and one with a syntax error stops nothing", async () => {
  const { modules, unreadable } = await readFacts({
    "modules/a/module.ts": `import { defineModule } from "@phasewise/runtime";
export default defineModule({ id: String(process.env["ID"]), version: "1.0.0" });
`,
    "modules/b/module.ts": `import { defineModule } from "@phasewise/runtime";
export default defineModule({ id: "b", version: "1.0.0", dependencies: ["c", process.argv[0]!], `,
    "modules/c/module.ts": `import { defineModule } from "@phasewise/runtime";
const names: string[] = [];
export default defineModule({
  id: "c", version: "1.0.0",
  async setupModule(context) { for (const name of names) context.getService(name as never); },
});
`,
  });
  expect(unreadable.map(at)).toEqual(["modules/a/module.ts:2:16"]);
  expect(modules.map(({ id, isComplete, unknown }) => [id, isComplete, unknown.map(({ call }) => call)])).toEqual([
    ["b", false, []],
    ["c", true, ["getService"]],
  ]);
});

test("methods of the same name that are not a context's are none of its calls", async () => {
  const [module] = (
    await readFacts({
      "modules/a/module.ts": `import { defineModule } from "@phasewise/runtime";
const bus = { publish(type: string) { return type; }, getService(id: string) { return id; } };
export default defineModule({
  id: "a", version: "1.0.0",
  async start() { bus.publish("a.done"); bus.getService("b"); },
});
`,
    })
  ).modules;
  expect([module!.publishedEvents, module!.uses, module!.unknown]).toEqual([[], [], []]);
});

test("a context is known by its type, also under another name, and not by a name that hides it", async () => {
  const [module] = (
    await readFacts({
      "modules/a/module.ts": `import { defineModule, type ActivationContext as Context } from "@phasewise/runtime";
declare module "@phasewise/runtime" { interface ServiceRegistry { one: object; two: object; three: object } }
const ask = async (context: Context) => context.getService("one");
const fake = { getService: (id: string) => id };
export default defineModule({
  id: "a", version: "1.0.0",
  setupModule: async (own) => {
    await ask(own);
    own.getService("two");
    [fake].forEach((own) => own.getService("hidden"));
    void (({ setupModule: (own: typeof fake) => own.getService("other") }));
  },
  async start({ getService: get }) { get("three"); },
});
`,
    })
  ).modules;
  expect(module!.uses.map(({ id }) => id)).toEqual(["one", "two", "three"]);
});

test("modules of tests are left out, and code that is no module's is shared", async () => {
  const local = `import { defineModule } from "@phasewise/runtime";
export const fake = defineModule({ id: "fake", version: "1.0.0" });
`;
  const { modules, shared } = await readFacts({
    "modules/a/module.ts": local.replace("export const fake =", "export default"),
    "modules/a/a.test.ts": local,
    "test/fakes.ts": `import { test } from "vitest";\n${local}`,
    "src/connect.ts": `import type { ActivationContext } from "@phasewise/runtime";
declare module "@phasewise/runtime" { interface ServiceRegistry { db: object } }
export const connect = async (context: ActivationContext) => context.getService("db");
`,
  });
  expect(modules.map(at)).toEqual(["modules/a/module.ts:2:31"]);
  expect(shared.uses.map(at)).toEqual(["src/connect.ts:3:81"]);
});

test("lines and columns are those of an editor, with a byte order mark and emoji before them", async () => {
  const [module] = (
    await readFacts({
      "modules/a/module.ts": `\uFEFFimport { defineModule } from "@phasewise/runtime";\r\n/* 😀 */ export default defineModule({ id: "a", version: "1.0.0" });\r\n`,
    })
  ).modules;
  expect(at(module!)).toBe("modules/a/module.ts:2:40");
});
