import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const early = (end: string, where = "`initialize`") => ({ messageId: "early", data: { end, where, path: end } });
const reaches = (path: string, where = "`initialize`") => ({
  messageId: "reaches",
  data: { end: path.split(" → ").at(-1) ?? "", where, path },
});

/** One that stands in a statement of its own: the rule suggests to move that. */
const movable = (error: ReturnType<typeof early>) => ({ ...error, suggestions: 1 });

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
      errors: [movable(early("getService"))],
      valid: `context.registerService("billing.invoices", new InvoiceService());`,
    },
    {
      name: "getService of the registration context, which has none",
      invalid: `«context.getService("billing.invoices")»;`,
      errors: [movable(early("getService"))],
      valid: `({ getService: (id: string) => id }).getService("billing.invoices");`,
    },
    {
      name: "getService by element access and by destructuring",
      invalid: `«context["getService"]("a")»; const { getService } = context as ActivationContext; «getService("billing.invoices")»;`,
      errors: [movable(early("getService")), early("getService")],
      valid: `context["registerService"]("billing.invoices", new InvoiceService());`,
    },
    {
      name: "getService through helpers in another file, with the path",
      invalid: `«askForInvoices(context)»;`,
      errors: [movable(reaches("askForInvoices → findInvoices → getService"))],
      valid: `await registerInvoices(context);`,
    },
    {
      name: "a file that a helper in another file reads, with the path",
      invalid: `await «registerRates(context)»;`,
      errors: [movable(reaches("registerRates → loadRates → fs/promises.readFile"))],
      valid: `getDefaultRates();`,
    },
    {
      name: "a file",
      invalid: `await «readFile("rates.json")»;`,
      errors: [movable(early("fs/promises.readFile"))],
      valid: `JSON.parse("{}");`,
    },
    {
      name: "the network",
      invalid: `await «fetch("http://localhost")»;`,
      errors: [movable(early("fetch"))],
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
      errors: [movable(early("InvoiceService.countInvoices"))],
      valid: `new PlainLedger().entries.at(0);`,
    },
    {
      name: "the initialization of a service, which belongs into setupModule",
      invalid: `await «new InvoiceService().initialize(context as unknown as ActivationContext)»;`,
      errors: [movable(early("Service.initialize"))],
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
      errors: [movable(reaches("loadRates → fs/promises.readFile"))],
      valid: `await loadRatesOnce();`,
    },
  ]);
});

describe("the ways to write the hook", () => {
  testFiles([
    {
      name: "a method with a typed context, but not setupModule",
      invalid: `export default defineModule({ id: "a", version: "1", async initialize(context: RegistrationContext) { «findInvoices(context as unknown as ActivationContext)»; } });`,
      errors: [movable(reaches("findInvoices → getService"))],
      valid: `export default defineModule({ id: "a", version: "1", async setupModule(context: ActivationContext) { findInvoices(context); await loadRates(); } });`,
    },
    {
      name: "an arrow function",
      invalid: `export default defineModule({ id: "a", version: "1", initialize: async () => { await «loadRates()»; } });`,
      errors: [movable(reaches("loadRates → fs/promises.readFile"))],
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
      errors: [movable(reaches("loadRates → fs/promises.readFile"))],
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

describe("a suggestion to move the statement", () => {
  const runtime = `import { defineModule } from "@phasewise/runtime";\nimport { loadRates } from "./rates.js";\n`;
  const define = (members: string, newline = "\n") =>
    `${runtime}export default defineModule({\n  id: "a",\n  version: "1",\n${members}\n});\n`.replaceAll("\n", newline);
  const read = "loadRates → fs/promises.readFile";
  const moves = (error: ReturnType<typeof early>, members: string, newline?: string) => ({
    ...error,
    suggestions: [{ messageId: "move", output: define(members, newline) }],
  });
  const call = `context.getService("billing.invoices")`;
  const marked = `«${call}»`;

  testRule("no-early-service-access", [
    {
      name: "into a new setupModule behind initialize, with its comments",
      invalid: define(
        `  async initialize(context) {\n    // first\n    await «loadRates()»; // rates\n    context.logger.info("done");\n  },\n  async stop() {},`,
      ),
      errors: [
        moves(
          reaches(read),
          `  async initialize(context) {\n    // first\n     // rates\n    context.logger.info("done");\n  },\n  async setupModule(context) {\n    await loadRates();\n  },\n  async stop() {},`,
        ),
      ],
      valid: define(`  async initialize() {},\n  async setupModule() {\n    await loadRates();\n  },`),
    },
    {
      name: "into a new setupModule, of several lines and with CRLF",
      invalid: define(
        `  async initialize(context) {\n    ${marked}.countInvoices({\n      // all\n    });\n  }`,
        "\r\n",
      ),
      errors: [
        moves(
          early("getService"),
          `  async initialize(context) {\n  },\n  async setupModule(context) {\n    ${call}.countInvoices({\n      // all\n    });\n  }`,
          "\r\n",
        ),
      ],
      valid: define(`  async setupModule(context) {\n    ${call}.countInvoices();\n  },`),
    },
    {
      name: "into a setupModule in one line",
      invalid: `${runtime}export default defineModule({ id: "a", version: "1", initialize: async () => { await «loadRates()»; } });\n`,
      errors: [
        {
          ...reaches(read),
          suggestions: [
            {
              messageId: "move",
              output: `${runtime}export default defineModule({ id: "a", version: "1", initialize: async () => {  }, async setupModule() { await loadRates(); } });\n`,
            },
          ],
        },
      ],
      valid: `${runtime}export default defineModule({ id: "a", version: "1", setupModule: async () => { await loadRates(); } });\n`,
    },
    {
      name: "to the start of the setupModule that is there",
      invalid: define(
        `  async setupModule(context) {\n    context.logger.info("active");\n  },\n  async initialize(context) {\n    ${marked};\n  },`,
      ),
      errors: [
        moves(
          early("getService"),
          `  async setupModule(context) {\n    ${call};\n\n    context.logger.info("active");\n  },\n  async initialize(context) {\n  },`,
        ),
      ],
      valid: define(`  async setupModule(context) {\n    ${call};\n  },`),
    },
    {
      name: "to the start of a setupModule with another context, when it does not need that",
      invalid: define(
        `  async initialize(context) {\n    await «loadRates()»;\n  },\n  setupModule: async (active) => {\n    active.logger.info("active");\n  },`,
      ),
      errors: [
        moves(
          reaches(read),
          `  async initialize(context) {\n  },\n  setupModule: async (active) => {\n    await loadRates();\n\n    active.logger.info("active");\n  },`,
        ),
      ],
      valid: define(`  setupModule: async () => {\n    await loadRates();\n  },`),
    },
  ]);

  const nothing = (name: string, members: string, valid: string, errors = [early("getService")]): Pair => ({
    name,
    invalid: define(members),
    errors,
    valid: define(valid),
  });
  testRule("no-early-service-access", [
    nothing(
      "nothing for the context of a setupModule that has another name",
      `  async initialize(context) {\n    ${marked};\n  },\n  async setupModule(active) {\n    active.logger.info("active");\n  },`,
      `  async setupModule(active) {\n    active.getService("billing.invoices");\n  },`,
    ),
    nothing(
      "nothing where a variable of setupModule has the name of another",
      `  async initialize() {\n    await «loadRates()»;\n  },\n  async setupModule(context) {\n    const loadRates = context;\n    loadRates.logger.info("active");\n  },`,
      `  async setupModule(context) {\n    await loadRates();\n    context.logger.info("active");\n  },`,
      [reaches(read)],
    ),
    nothing(
      "nothing for a setupModule that is written elsewhere",
      `  async initialize() {\n    await «loadRates()»;\n  },\n  setupModule: loadRates as never,`,
      `  setupModule: loadRates as never,`,
      [reaches(read)],
    ),
    nothing(
      "nothing for a setupModule that is not async",
      `  async initialize() {\n    await «loadRates()»;\n  },\n  setupModule() {\n    return Promise.resolve();\n  },`,
      `  setupModule() {\n    return loadRates() as never;\n  },`,
      [reaches(read)],
    ),
    nothing(
      "nothing where more members come from elsewhere",
      `  async initialize() {\n    await «loadRates()»;\n  },\n  ...{ setupModule: loadRates as never },`,
      `  ...{ setupModule: loadRates as never },`,
      [reaches(read)],
    ),
    nothing(
      "nothing for a statement that registers what it asks for",
      `  async initialize(context) {\n    context.registerService("billing.invoices", ${marked});\n  },`,
      `  async initialize(context) {\n    context.registerSetupHook(async (active) => active.getService("billing.invoices").countInvoices());\n  },`,
    ),
    nothing(
      "nothing for a statement that uses a variable of the hook",
      `  async initialize(context) {\n    const id = "billing.invoices";\n    «context.getService(id)»;\n  },`,
      `  async setupModule(context) {\n    const id = "billing.invoices";\n    context.getService(id);\n  },`,
    ),
    nothing(
      "nothing for a value that is used later, or is asked for in a branch",
      `  async initialize(context) {\n    const invoices = ${marked};\n    if (invoices) ${marked};\n  },`,
      `  async setupModule(context) {\n    const invoices = ${call};\n    if (invoices) ${call};\n  },`,
      [early("getService"), early("getService")],
    ),
    nothing(
      "nothing for a context that is destructured",
      `  async initialize({ getService }) {\n    «getService("billing.invoices")»;\n  },`,
      `  async setupModule({ getService }) {\n    getService("billing.invoices");\n  },`,
    ),
  ]);
});
