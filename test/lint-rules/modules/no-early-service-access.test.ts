import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const early = (end: string, where = "`initialize`") => ({ messageId: "early", data: { end, where, path: end } });
const reaches = (path: string, where = "`initialize`") => ({
  messageId: "reaches",
  data: { end: path.split(" → ").at(-1) ?? "", where, path },
});

const head = `
import { type ActivationContext, type RegistrationContext, Result, Service, defineModule } from "@phasewise/runtime";
import {
  InvoiceService, PlainLedger, askForInvoices, findInvoices, invoices, registerInvoices, registerRates,
} from "./invoice-service.js";
import { getDefaultRates, loadRates, loadRatesOnce } from "./rates.js";
import { readFile } from "node:fs/promises";
`;

function testFiles(pairs: readonly Pair[]): void {
  testRule("no-early-service-access", withHead(head, pairs));
}

/** The same with code that stands in `initialize`. */
function testHooks(pairs: readonly Pair[]): void {
  const inHook = (code: string) =>
    `export default defineModule({ id: "a", version: "1", async initialize(context) { ${code} } });`;
  testFiles(pairs.map((pair) => ({ ...pair, invalid: inHook(pair.invalid), valid: inHook(pair.valid) })));
}

describe("initialize", () => {
  testHooks([
    {
      name: "getService of a context that was cast",
      invalid: `«(context as unknown as ActivationContext).getService("billing.invoices")»;`,
      errors: [early("getService")],
      valid: `context.registerService("billing.invoices", new InvoiceService());`,
    },
    {
      name: "getService of the registration context, which has none",
      invalid: `«context.getService("billing.invoices")»;`,
      errors: [early("getService")],
      valid: `({ getService: (id: string) => id }).getService("billing.invoices");`,
    },
    {
      name: "getService by element access and by destructuring",
      invalid: `«context["getService"]("a")»; const { getService } = context as ActivationContext; «getService("billing.invoices")»;`,
      errors: [early("getService"), early("getService")],
      valid: `context["registerService"]("billing.invoices", new InvoiceService());`,
    },
    {
      name: "getService through helpers in another file, with the path",
      invalid: `«askForInvoices(context)»;`,
      errors: [reaches("askForInvoices → findInvoices → getService")],
      valid: `await registerInvoices(context);`,
    },
    {
      name: "a file that a helper in another file reads, with the path",
      invalid: `await «registerRates(context)»;`,
      errors: [reaches("registerRates → loadRates → fs/promises.readFile")],
      valid: `getDefaultRates();`,
    },
    {
      name: "a file",
      invalid: `await «readFile("rates.json")»;`,
      errors: [early("fs/promises.readFile")],
      valid: `JSON.parse("{}");`,
    },
    {
      name: "the network",
      invalid: `await «fetch("http://localhost")»;`,
      errors: [early("fetch")],
      valid: `new Request("http://localhost");`,
    },
    {
      name: "the network by a package",
      invalid: `const { request } = await import("undici"); await «request("http://localhost")»;`,
      errors: [early("undici.request")],
      valid: `new URL("http://localhost");`,
    },
    {
      name: "a query, but not the making of the client",
      invalid: `const { Pool } = await import("pg"); await «new Pool().query("select 1")»;`,
      errors: [early("Pool.query")],
      valid: `const { Pool } = await import("pg"); new Pool({}).on("error", () => {});`,
    },
    {
      name: "the connection of a client",
      invalid: `const { Client } = await import("pg"); await «new Client().connect()»;`,
      errors: [early("Client.connect")],
      valid: `const { Client } = await import("pg"); new Client();`,
    },
    {
      name: "a method of a service",
      invalid: `await «invoices.countInvoices()»;`,
      errors: [early("InvoiceService.countInvoices")],
      valid: `new PlainLedger().entries.at(0);`,
    },
    {
      name: "the initialization of a service, which belongs into setupModule",
      invalid: `await «new InvoiceService().initialize(context as unknown as ActivationContext)»;`,
      errors: [early("Service.initialize")],
      valid: `new InvoiceService();`,
    },
    {
      name: "a callback that runs at once, but not a setup hook",
      invalid: `["a"].forEach(() => «findInvoices(context as unknown as ActivationContext)»);`,
      errors: [reaches("findInvoices → getService")],
      valid: `context.registerSetupHook(async (active) => { await active.getService("billing.invoices").countInvoices(); });`,
    },
    {
      name: "a helper that is called, but not one that becomes a setup hook",
      invalid: `const load = async () => { await loadRates(); }; await «load()»;`,
      errors: [reaches("load → loadRates → fs/promises.readFile")],
      valid: `const load = async () => { await loadRates(); }; context.registerSetupHook(load);`,
    },
    {
      name: "a static factory that reads a file, but not one that only makes the service",
      invalid: `class Mail extends Service { static async create() { await loadRates(); return new Mail(); } } await «Mail.create()»;`,
      errors: [reaches("Mail.create → loadRates → fs/promises.readFile")],
      valid: `class Mail extends Service { static create() { return new Mail(); } } Mail.create();`,
    },
    {
      name: "what a helper runs at once, but not what it makes a setup hook of",
      invalid: `const run = async (work: () => Promise<unknown>) => { await work(); }; await run(async () => { await «loadRates()»; });`,
      errors: [reaches("loadRates → fs/promises.readFile")],
      valid: `const defer = (work: () => Promise<unknown>) => { context.registerSetupHook(async () => { await work(); }); }; defer(async () => { await loadRates(); });`,
    },
    {
      name: "a path, unless a comment at its last call gives a reason",
      invalid: `await «loadRates()»;`,
      errors: [reaches("loadRates → fs/promises.readFile")],
      valid: `await loadRatesOnce();`,
    },
  ]);
});

describe("the ways to write the hook", () => {
  testFiles([
    {
      name: "a method with a typed context, but not setupModule",
      invalid: `export default defineModule({ id: "a", version: "1", async initialize(context: RegistrationContext) { «findInvoices(context as unknown as ActivationContext)»; } });`,
      errors: [reaches("findInvoices → getService")],
      valid: `export default defineModule({ id: "a", version: "1", async setupModule(context: ActivationContext) { findInvoices(context); await loadRates(); } });`,
    },
    {
      name: "an arrow function",
      invalid: `export default defineModule({ id: "a", version: "1", initialize: async () => { await «loadRates()»; } });`,
      errors: [reaches("loadRates → fs/promises.readFile")],
      valid: `export default defineModule({ id: "a", version: "1", start: async () => { await loadRates(); } });`,
    },
    {
      name: "a function of the file",
      invalid: `async function initialize() { await «loadRates()»; }\nexport default defineModule({ id: "a", version: "1", initialize });`,
      errors: [reaches("loadRates → fs/promises.readFile")],
      valid: `async function initialize() { await loadRates(); }\nexport default defineModule({ id: "a", version: "1", setupModule: initialize });`,
    },
    {
      name: "a definition in a constant",
      invalid: `const definition = { id: "a", version: "1", async initialize() { await «loadRates()»; } };\nexport default defineModule(definition);`,
      errors: [reaches("loadRates → fs/promises.readFile")],
      valid: `const definition = { id: "a", version: "1", async initialize() { getDefaultRates(); } };\nexport default defineModule(definition);`,
    },
    {
      name: "the runtime's defineModule by another name, but not a function of that name",
      invalid: `import * as runtime from "@phasewise/runtime";\nexport default runtime.defineModule({ id: "a", version: "1", async initialize() { await «loadRates()»; } });`,
      errors: [reaches("loadRates → fs/promises.readFile")],
      valid: `namespace Other { export const defineModule = (it: object) => it; }\nexport default Other.defineModule({ async initialize() { await loadRates(); } });`,
    },
  ]);
});

describe("a service's construction", () => {
  testFiles([
    {
      name: "a constructor that reads a file",
      invalid: `export class Rates extends Service { constructor() { super(); void «loadRates()»; } }`,
      errors: [reaches("loadRates → fs/promises.readFile", "`new Rates`")],
      valid: `export class Rates extends Service { rates: string[]; constructor() { super(); this.rates = getDefaultRates(); } }`,
    },
    {
      name: "a field initialiser that calls the network",
      invalid: `export class Rates extends Service { rates = «fetch("http://localhost")»; }`,
      errors: [early("fetch", "`new Rates`")],
      valid: `export class Rates extends Service { rates = new Map<string, number>(); load = () => fetch("http://localhost"); }`,
    },
    {
      name: "a constructor that asks another service",
      invalid: `export class Rates extends Service { constructor(context: ActivationContext) { super(); «context.getService("billing.invoices")»; } }`,
      errors: [early("getService", "`new Rates`")],
      valid: `export class Rates extends Service { protected override async onInitialize(context: ActivationContext) { context.getService("billing.invoices"); return Result.success(undefined); } }`,
    },
    {
      name: "a private helper that the constructor calls, if it reads a file",
      invalid: `export class Rates extends Service { constructor() { super(); «this.prepare()»; } private prepare() { void loadRates(); } }`,
      errors: [reaches("Rates.prepare → loadRates → fs/promises.readFile", "`new Rates`")],
      valid: `export class Rates extends Service { constructor() { super(); this.prepare(); } private prepare() { getDefaultRates(); } }`,
    },
    {
      name: "a service, but not a class that is none",
      invalid: `export class Rates extends InvoiceService { rates = «loadRates()»; }`,
      errors: [reaches("loadRates → fs/promises.readFile", "`new Rates`")],
      valid: `export class Rates extends PlainLedger { rates = loadRates(); }`,
    },
  ]);
});

describe("a file's top level", () => {
  const where = "the top level of a module file";
  testFiles([
    {
      name: "work in a file that defines a module, but not in others",
      invalid: `const rates = await «loadRates()»;\nexport default defineModule({ id: rates, version: "1" });`,
      errors: [reaches("loadRates → fs/promises.readFile", where)],
      valid: `const rates = await loadRates();\nexport { rates };`,
    },
    {
      name: "work in a file whose default export is a module, but not in a script that makes one",
      invalid: `const mail = defineModule({ id: "mail", version: "1" });\nawait «loadRates()»;\nexport default mail;`,
      errors: [reaches("loadRates → fs/promises.readFile", where)],
      valid: `const mail = defineModule({ id: "mail", version: "1" });\nawait loadRates();\nexport { mail };`,
    },
    {
      name: "a call of the network, but not in a function",
      invalid: `await «fetch("http://localhost")»;\nexport default defineModule({ id: "a", version: "1" });`,
      errors: [early("fetch", where)],
      valid: `export const ask = () => fetch("http://localhost");\nexport default defineModule({ id: "a", version: "1" });`,
    },
  ]);
});
