import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const notAsync = (hook: string) => ({ messageId: "notAsync", data: { hook } });
const notAsyncElsewhere = (hook: string, output: string) => ({
  ...notAsync(hook),
  suggestions: [{ messageId: "makeAsync", output }],
});

const head = `import { type ActivationContext, type ModuleDefinition, type RegistrationContext, type Result, Service, defineModule } from "@phasewise/runtime";\n`;

function testFiles(pairs: readonly Pair[]): void {
  testRule("require-async-hook", withHead(head, pairs));
}

/** The same with properties of a definition. */
function testDefinitions(pairs: readonly Pair[]): void {
  const inModule = (properties: string) => `export default defineModule({ id: "a", version: "1.0.0", ${properties} });`;
  testFiles(
    pairs.map((pair) => ({
      ...pair,
      invalid: inModule(pair.invalid),
      valid: inModule(pair.valid),
      ...(typeof pair.output === "string" && { output: inModule(pair.output) }),
    })),
  );
}

describe("a hook of a module", () => {
  testDefinitions([
    {
      name: "each hook that is not async, but no other method",
      invalid: `«initialize»() {}, «setupModule»() {}, «install»() {}, «start»() {}, «stop»() {}, «uninstall»() {}`,
      output: `async initialize() {}, async setupModule() {}, async install() {}, async start() {}, async stop() {}, async uninstall() {}`,
      errors: ["initialize", "setupModule", "install", "start", "stop", "uninstall"].map((hook) =>
        notAsync(`\`${hook}\``),
      ),
      valid: `async initialize() {}, async setupModule() {}, restart() {}`,
    },
    {
      name: "a hook that returns a promise all the same",
      invalid: `«setupModule»(context) { return context.getLazyService("billing.invoices").then(() => {}); }`,
      output: `async setupModule(context) { return context.getLazyService("billing.invoices").then(() => {}); }`,
      errors: [notAsync("`setupModule`")],
      valid: `async setupModule(context) { await context.getLazyService("billing.invoices"); }`,
    },
    {
      name: "an arrow function",
      invalid: `«initialize»: (context) => context.logger.info("a")`,
      output: `initialize: async (context) => context.logger.info("a")`,
      errors: [notAsync("`initialize`")],
      valid: `initialize: async (context) => context.logger.info("a")`,
    },
    {
      name: "an arrow function with a type parameter, in parentheses and a cast",
      invalid: `«initialize»: (<T>(context: T) => /* nothing */ {}) as never`,
      output: `initialize: (async <T>(context: T) => /* nothing */ {}) as never`,
      errors: [notAsync("`initialize`")],
      valid: `initialize: (async <T>(context: T) => {}) as never`,
    },
    {
      name: "a function expression",
      invalid: `«stop»: function () {}`,
      output: `stop: async function () {}`,
      errors: [notAsync("`stop`")],
      valid: `stop: async function () {}`,
    },
    {
      name: "a quoted or computed name that is written out",
      invalid: `«"start"»() {}, «["stop"]»() {}`,
      output: `async "start"() {}, async ["stop"]() {}`,
      errors: [notAsync("`start`"), notAsync("`stop`")],
      valid: `async "start"() {}, [Symbol.iterator]() {}`,
    },
    {
      name: "a hook with a return type, which becomes a promise",
      invalid: `«initialize»(): void {}, «start»(): /* nothing */ Promise<void> { return Promise.resolve(); }`,
      output: `async initialize(): Promise<void> {}, async start(): /* nothing */ Promise<void> { return Promise.resolve(); }`,
      errors: [notAsync("`initialize`"), notAsync("`start`")],
      valid: `async initialize(): Promise<void> {}`,
    },
    {
      name: "a hook whose return type has to be written anew",
      invalid: `«start»(): Promise<void> | undefined { return undefined; }, «stop»(): PromiseLike<void> { return Promise.resolve(); }, «install»(): Missing {}`,
      errors: [notAsync("`start`"), notAsync("`stop`"), notAsync("`install`")],
      valid: `async start(): Promise<void | undefined> { return undefined; }`,
    },
    {
      name: "a plain function, but neither a generator nor an accessor nor what another call makes",
      invalid: `«stop»: () => {}`,
      output: `stop: async () => {}`,
      errors: [notAsync("`stop`")],
      valid: `*initialize() {}, get start() { return async () => {}; }, stop: Object.assign(() => {}, {})`,
    },
    {
      name: "the hook that counts",
      invalid: `async start() {}, «start»() {}`,
      output: `async start() {}, async start() {}`,
      errors: [notAsync("`start`")],
      valid: `start() {}, async start() {}, stop() {}, ...{ async stop() {} }`,
    },
  ]);
});

describe("the ways to write a definition", () => {
  testFiles([
    {
      name: "a function of the file, once",
      invalid: `function begin() {}\nexport default defineModule({ id: "a", version: "1.0.0", «initialize»: begin, start: begin });`,
      errors: [
        notAsyncElsewhere(
          "`initialize`",
          `async function begin() {}\nexport default defineModule({ id: "a", version: "1.0.0", initialize: begin, start: begin });`,
        ),
      ],
      valid: `async function begin() {}\nexport default defineModule({ id: "a", version: "1.0.0", initialize: begin });`,
    },
    {
      name: "a constant with the name of the hook",
      invalid: `const initialize = () => {};\nexport default defineModule({ id: "a", version: "1.0.0", «initialize» });`,
      errors: [
        notAsyncElsewhere(
          "`initialize`",
          `const initialize = async () => {};\nexport default defineModule({ id: "a", version: "1.0.0", initialize });`,
        ),
      ],
      valid: `const initialize = async () => {};\nexport default defineModule({ id: "a", version: "1.0.0", initialize });`,
    },
    {
      name: "a function of another file",
      invalid: `import { getDefaultRates } from "./rates.js";\nexport default defineModule({ id: "a", version: "1.0.0", «start»: getDefaultRates as never });`,
      errors: [notAsync("`start`")],
      valid: `import { loadRates } from "./rates.js";\nexport default defineModule({ id: "a", version: "1.0.0", start: loadRates as never });`,
    },
    {
      name: "a static method",
      invalid: `class Hooks { static begin() {} }\nexport default defineModule({ id: "a", version: "1.0.0", «start»: Hooks.begin });`,
      errors: [
        notAsyncElsewhere(
          "`start`",
          `class Hooks { static async begin() {} }\nexport default defineModule({ id: "a", version: "1.0.0", start: Hooks.begin });`,
        ),
      ],
      valid: `class Hooks { static async begin() {} }\nexport default defineModule({ id: "a", version: "1.0.0", start: Hooks.begin });`,
    },
    {
      name: "a definition in a constant, which others may use",
      invalid: `const definition = { id: "a", version: "1.0.0", «start»() {} } satisfies object;\nexport default defineModule(definition);`,
      errors: [
        notAsyncElsewhere(
          "`start`",
          `const definition = { id: "a", version: "1.0.0", async start() {} } satisfies object;\nexport default defineModule(definition);`,
        ),
      ],
      valid: `const definition = { id: "a", version: "1.0.0", start() {} };\nexport { definition };`,
    },
    {
      name: "the runtime's defineModule by other names, but not another function of that name",
      invalid: `import * as runtime from "@phasewise/runtime";\nimport { defineModule as module } from "@phasewise/runtime";\nconst make = defineModule;\nruntime.defineModule({ id: "a", version: "1", «start»() {} });\nruntime["defineModule"]({ id: "a", version: "1", «start»() {} });\nmodule({ id: "a", version: "1", «start»() {} });\nmake({ id: "a", version: "1", «start»() {} });`,
      output: `import * as runtime from "@phasewise/runtime";\nimport { defineModule as module } from "@phasewise/runtime";\nconst make = defineModule;\nruntime.defineModule({ id: "a", version: "1", async start() {} });\nruntime["defineModule"]({ id: "a", version: "1", async start() {} });\nmodule({ id: "a", version: "1", async start() {} });\nmake({ id: "a", version: "1", async start() {} });`,
      errors: [1, 2, 3, 4].map(() => notAsync("`start`")),
      valid: `namespace Other { export const defineModule = (it: object) => it; }\nOther.defineModule({ start() {} });\n{ const defineModule = (it: object) => it; defineModule({ start() {} }); }`,
    },
  ]);
});

describe("a setup hook", () => {
  testFiles([
    {
      name: "one that is not async, but no handler of events",
      invalid: `export const register = (context: RegistrationContext) => context.registerSetupHook(«(active) => { active.logger.info("a"); }»);`,
      output: `export const register = (context: RegistrationContext) => context.registerSetupHook(async (active) => { active.logger.info("a"); });`,
      errors: [notAsync("This function")],
      valid: `export const register = (context: RegistrationContext) => { context.registerSetupHook(async () => {}); context.subscribe("*", () => {}); };`,
    },
    {
      name: "one that is handed to what was destructured, but to no function of that name",
      invalid: `export const register = ({ registerSetupHook }: RegistrationContext) => registerSetupHook(«function () {}»);`,
      output: `export const register = ({ registerSetupHook }: RegistrationContext) => registerSetupHook(async function () {});`,
      errors: [notAsync("This function")],
      valid: `export const register = ({ registerSetupHook }: { registerSetupHook(it: object): void }) => registerSetupHook(() => {});`,
    },
  ]);
});

describe("a hook of a service", () => {
  testFiles([
    {
      name: "one that is not async, but no other method",
      invalid: `export class Mail extends Service {\n  protected override «onInitialize»(context: ActivationContext): Promise<Result<unknown>> { return super.onInitialize(context, undefined); }\n  protected override «onDispose»() {}\n}`,
      output: `export class Mail extends Service {\n  protected override async onInitialize(context: ActivationContext): Promise<Result<unknown>> { return super.onInitialize(context, undefined); }\n  protected override async onDispose() {}\n}`,
      errors: [notAsync("`onInitialize`"), notAsync("`onDispose`")],
      valid: `export class Mail extends Service {\n  protected override async onDispose() {}\n  protected describe() {}\n}`,
    },
    {
      name: "one of a class that extends another service, but neither an abstract one nor one of another class",
      invalid: `import { InvoiceService } from "./invoice-service.js";\nexport class Mail extends InvoiceService {\n  protected override «onDispose»() {}\n}`,
      output: `import { InvoiceService } from "./invoice-service.js";\nexport class Mail extends InvoiceService {\n  protected override async onDispose() {}\n}`,
      errors: [notAsync("`onDispose`")],
      valid: `export abstract class Mail extends Service {\n  protected abstract override onDispose(): Promise<void>;\n}\nexport class Plain {\n  onDispose() {}\n}`,
    },
  ]);
});
