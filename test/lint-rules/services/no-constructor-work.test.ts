import { describe } from "vitest";
import { type Pair, testRule } from "../rule-tester.js";

const head = `
import { type ActivationContext, type Logger, Result, Service, createLogger, sleep } from "@phasewise/runtime";
import { circuitBreaker } from "@phasewise/runtime/resilience";
import { InvoiceService, PlainLedger } from "./invoice-service.js";
import { loadRates, getDefaultRates } from "./rates.js";
import { randomUUID } from "node:crypto";
import path, { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Pool, Client } from "pg";
declare function decorate(name: string): (value: undefined, context: ClassFieldDecoratorContext) => void;
class Failed extends Error {}
`;

interface Work extends Omit<Pair, "errors"> {
  /** The reported calls, when they are not the text of the marks. */
  readonly calls?: readonly string[];
}

function testFiles(pairs: readonly Work[], owner = "new Mail"): void {
  testRule(
    "no-constructor-work",
    pairs.map(({ calls, ...pair }) => ({
      ...pair,
      invalid: head + pair.invalid,
      valid: head + pair.valid,
      errors: (calls ?? [...pair.invalid.matchAll(/«([^«]*?)»/g)].map(([, call = ""]) => call)).map((call) => ({
        messageId: "work",
        data: { owner, call },
      })),
    })),
  );
}

function testMembers(pairs: readonly Work[]): void {
  const inService = (members: string) => `export class Mail extends Service { ${members} }`;
  testFiles(pairs.map((pair) => ({ ...pair, invalid: inService(pair.invalid), valid: inService(pair.valid) })));
}

describe("a constructor", () => {
  testMembers([
    {
      name: "a function of the workspace",
      invalid: "rates: string[]; constructor() { super(); this.rates = «getDefaultRates()»; }",
      valid: "rates: string[]; constructor(rates: string[]) { super(); this.rates = rates; }",
    },
    {
      name: "a helper of its own",
      invalid: "constructor() { super(); «this.#prepare()»; } #prepare() {}",
      valid:
        "#rates; constructor(readonly name: string, rates = [1, 2], private retries = 3) { super(); this.#rates = [...rates, retries]; }",
    },
    {
      name: "a promise that nobody waits for, once",
      invalid: "constructor() { super(); «loadRates().catch(() => loadRates())»; }",
      valid:
        "readonly tail = Promise.resolve(); readonly open = new Promise<void>((resolve) => { this.resolve = resolve; }); resolve!: () => void;",
    },
    {
      name: "what the executor of a promise calls",
      invalid: "readonly ready = new Promise<string>((resolve) => { «loadRates().then(resolve)»; });",
      valid: "readonly ready = Promise.withResolvers<string>();",
    },
    {
      name: "a function that is called where it stands",
      invalid: "constructor() { super(); «(async () => { await loadRates(); })()»; }",
      valid: "load; constructor() { super(); this.load = async () => { await loadRates(); }; }",
    },
    {
      name: "an argument of the base's constructor, and the default of a parameter",
      invalid: "constructor(id = «loadRates()») { super(«loadRates()»); }",
      valid: "constructor(id = 1) { super(); }",
    },
    {
      name: "a service that is asked for",
      invalid: `constructor(context: ActivationContext) { super(); «context.getService("billing.invoices")»; }`,
      valid: "constructor(readonly context: ActivationContext) { super(); }",
    },
    {
      name: "a line that is logged",
      invalid: "constructor(logger: Logger) { super(); «logger.info(``)»; }",
      valid: "constructor(readonly logger: Logger) { super(); }",
    },
    {
      name: "a timer",
      invalid: "constructor() { super(); «setInterval(() => loadRates(), 1000)»; }",
      valid: "readonly started = Date.now(); readonly controller = new AbortController();",
    },
    {
      name: "a function that it is given, but not the language by optional chaining or generics",
      invalid: "made; constructor(make: () => string) { super(); this.made = «make()»; }",
      valid:
        "made; all; constructor(options?: { names?: string[] }) { super(); this.made = options?.names?.map((it) => it.trim()) ?? []; this.all = new Map<string, Set<() => void>>(Object.entries({})); }",
    },
    {
      name: "a tagged template and a module that is loaded",
      invalid:
        "query; sql = (it: TemplateStringsArray) => it; constructor() { super(); this.query = «this.sql`select`»; «import(`node:fs`)»; }",
      valid: "text = String.raw`a`; load = () => import(`node:fs`);",
    },
    {
      name: "a condition's branch, but not the error that it throws",
      invalid: "constructor(name: string) { super(); if (!name) «loadRates()»; }",
      valid: "constructor(name: string) { super(); if (!name) throw new Failed(join(name, `is empty`)); }",
    },
  ]);
});

describe("a field", () => {
  testMembers([
    {
      name: "a function of the workspace, but not one of the language",
      invalid: "rates = «getDefaultRates()»;",
      valid:
        "rates = Object.freeze([1]); names = new Map([[`a`, [`b`].map((it) => it.toUpperCase())]]); key = Symbol(`k`); max = Math.max(1, 2);",
    },
    {
      name: "what a callback of the language calls at once, but not what it keeps",
      invalid: "rates = [1].map(() => «loadRates()»);",
      valid:
        "loaders = new Map([[`a`, () => loadRates()]]); constructor() { super(); this.loaders.set(`b`, () => loadRates()); }",
    },
    {
      name: "a named function that a call of the language runs",
      invalid: "rates = «[`a`].map(getDefaultRates)»;",
      valid: "rates = [`a`].map(String);",
    },
    {
      name: "another service",
      invalid: "invoices = «new InvoiceService()»;",
      valid: "ledger = new PlainLedger();",
    },
    {
      name: "what reaches out of the process, but not a client that waits to be used",
      invalid: "socket = «new WebSocket(`ws://localhost`)»; worker = «new Worker(`w.js`)»;",
      valid: "pool = new Pool(); url = new URL(`http://localhost`); client = new Client();",
    },
    {
      name: "an asynchronous function of the runtime, but not one that makes something",
      invalid: "pause = «sleep(1)»;",
      valid:
        "logger = createLogger(); none = Result.success(1); breaker = circuitBreaker({ failureThreshold: 1 } as never);",
    },
    {
      name: "a function of a package or of Node, but not a harmless one",
      invalid: "folder = «process.cwd()»;",
      valid: "folder = path.join(`a`); id = randomUUID(); bytes = Buffer.alloc(1);",
    },
    {
      name: "an automatic accessor",
      invalid: "accessor rates = «getDefaultRates()»;",
      valid: "accessor rates = [1];",
    },
    {
      name: "its value, but not its decorator or its name, nor static members",
      invalid: "@decorate(`a`) rates = «getDefaultRates()»;",
      valid:
        "@decorate(`a`) rates = 1; [String(getDefaultRates())] = 2; static rates = getDefaultRates(); static { getDefaultRates(); } find() { getDefaultRates(); }",
    },
    {
      name: "a known function, but nothing whose type does not resolve",
      invalid: "rates = «getDefaultRates()».at(0);",
      valid: "rates = missing.load(); more = missing();",
    },
    {
      name: "a function that is called by another name",
      invalid: "static get = getDefaultRates; rates = «Mail.get()»; more = «(getDefaultRates as () => string[])()»;",
      valid: "get = getDefaultRates;",
    },
    {
      name: "a function that no option allows",
      options: [{ allow: ["getDefaultRates"] }],
      invalid: "rates = «loadRates()»;",
      valid: "rates = getDefaultRates();",
    },
  ]);
});

describe("a class", () => {
  testFiles([
    {
      name: "a service by another class, but not a class like one",
      invalid:
        "abstract class Base extends InvoiceService {}\nexport class Mail extends Base { rates = «loadRates()»; }",
      valid: "export class Mail extends PlainLedger { rates = loadRates(); }",
    },
    {
      name: "work, but not the construction of the base class",
      invalid:
        "abstract class Base extends Service {}\nexport class Mail extends Base { constructor() { super(); «loadRates()»; } }",
      valid: "abstract class Base extends Service {}\nexport class Mail extends Base { constructor() { super(); } }",
    },
  ]);
  testFiles(
    [
      {
        name: "a class expression without a name",
        invalid: "export const Mail = class extends Service { rates = «loadRates()»; };",
        valid: "export const Mail = class { rates = loadRates(); };",
      },
    ],
    "new (class)",
  );
});
