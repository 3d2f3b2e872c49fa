import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const unchecked = (method: string, path: string) => ({ messageId: "unchecked", data: { method, path } });

const head = `
import { type ActivationContext, type Failure, type Logger, Result, Service, initialized, initialized as checked, timeout } from "@phasewise/runtime";
import * as runtime from "@phasewise/runtime";
import { BaseService } from "./base-service.js";
declare function isFailure(result: Result<unknown>): boolean;
declare function logged(method: unknown, context: unknown): void;
function ready(method: any, context: ClassMethodDecoratorContext) { return function (this: any) { return this.requireInitialized(); }; }
`;

const state =
  "#logger!: Logger;\n  #port = 0;\n  protected override async onInitialize(context: ActivationContext) { this.#logger = context.logger; this.#port = 1; return Result.success(undefined); }";

interface Members extends Omit<Pair, "errors"> {
  readonly path?: string;
  readonly method?: string;
}

/** Members of a service whose `onInitialize` sets `#logger` and `#port`; the method is `send`. */
function testMembers(pairs: readonly Members[]): void {
  const inService = (members: string) => `${head}export class Mail extends Service {\n  ${state}\n  ${members}\n}`;
  testRule(
    "require-initialized-check",
    pairs.map(({ path = "this.#port", method = "Mail.send", output, ...pair }) => ({
      ...pair,
      invalid: inService(pair.invalid),
      valid: inService(pair.valid),
      ...(output !== undefined && { output: inService(output) }),
      errors: [unchecked(method, path)],
    })),
  );
}

function testFiles(pairs: readonly Pair[]): void {
  testRule("require-initialized-check", withHead(head, pairs));
}

const check = "const ready = this.requireInitialized();\n    if (!ready.success) return ready;\n";

describe("a use that is fixed by the check", () => {
  testMembers([
    {
      name: "one in a method of lines",
      invalid: "async send() {\n    const port = «this.#port»;\n    return Result.success(port);\n  }",
      output: `async send() {\n    ${check}\n    const port = this.#port;\n    return Result.success(port);\n  }`,
      valid: "async send() {\n    const port = 1;\n    return Result.success(port);\n  }",
    },
    {
      name: "one in a method of one line",
      invalid: "async send() { return Result.success(«this.#port»); }",
      output:
        "async send() { const ready = this.requireInitialized(); if (!ready.success) return ready; return Result.success(this.#port); }",
      valid: "protected async send() { return Result.success(this.#port); }",
    },
    {
      name: "one whose return type has other codes",
      invalid:
        'async send(): Promise<Result<number, "BUSY" | "GONE">> {\n    // the port\n    return Result.success(«this.#port»);\n  }',
      output: `async send(): Promise<Result<number, "BUSY" | "GONE" | "NOT_INITIALIZED">> {\n    ${check}\n    // the port\n    return Result.success(this.#port);\n  }`,
      valid:
        'async send(): Promise<Result<number, "BUSY" | "GONE">> {\n    // the port\n    return Result.success(1);\n  }',
    },
    {
      name: "one whose return type has the code",
      invalid:
        'async send(): Promise<Result<number, "BUSY" | "NOT_INITIALIZED">> { // sends\n    return Result.success(«this.#port»);\n  }',
      output: `async send(): Promise<Result<number, "BUSY" | "NOT_INITIALIZED">> { // sends\n    ${check}\n    return Result.success(this.#port);\n  }`,
      valid:
        'async send(): Promise<Result<number, "BUSY" | "NOT_INITIALIZED">> { // sends\n    return Result.error("BUSY", "busy");\n  }',
    },
    {
      name: "one whose return type has all codes",
      invalid: "async send(): Promise<Result<number>> {\r\n    return Result.success(«this.#port»);\r\n  }",
      output: `async send(): Promise<Result<number>> {\r\n    ${check.replace("\n", "\r\n")}`
        .replace(/\n$/, "\r\n")
        .concat("\r\n    return Result.success(this.#port);\r\n  }"),
      valid: "async send(): Promise<Result<number>> {\r\n    return Result.success(1);\r\n  }",
    },
    {
      name: "one in a function of a field, beside another variable of the name",
      invalid: "readonly send = async (ready: boolean) => { return Result.success(ready ? «this.#port» : 1); };",
      output:
        "readonly send = async (ready: boolean) => { const initialized = this.requireInitialized(); if (!initialized.success) return initialized; return Result.success(ready ? this.#port : 1); };",
      valid: "readonly port = async (ready: boolean) => { return Result.success(ready ? 2 : 1); };",
    },
    {
      name: "one in a line that a longer comment follows",
      invalid: "async send() { return Result.success(«this.#port»); /* the\n  port */ }",
      output:
        "async send() { const ready = this.requireInitialized(); if (!ready.success) return ready; return Result.success(this.#port); /* the\n  port */ }",
      valid: "async send() { return Result.success(1); /* the\n  port */ }",
    },
    {
      name: "the first of several",
      invalid: "async send() { return Result.success(«this.#port» + this.#port); }",
      output:
        "async send() { const ready = this.requireInitialized(); if (!ready.success) return ready; return Result.success(this.#port + this.#port); }",
      valid: "async send() { return Result.success(undefined); }",
    },
  ]);
});

describe("a use that has no fix", () => {
  testMembers([
    {
      name: "one in a method that is not async",
      invalid: "send() { return Promise.resolve(Result.success(«this.#port»)); }",
      valid: "send() { return Promise.resolve(Result.success(1)); }",
    },
    {
      name: "one in a method that returns no Result",
      invalid: "async send() { return «this.#port»; }",
      valid: "async send() { return 1; }",
    },
    {
      name: "one in an arrow function without a body",
      invalid: "send = async () => Result.success(«this.#port»);",
      valid: "send = async () => Result.success(1);",
    },
    {
      name: "one in a method whose codes stand elsewhere",
      invalid: 'async send(): Promise<Success<number> | Failure<"BUSY">> { return Result.success(«this.#port»); }',
      valid: 'async send(): Promise<Success<number> | Failure<"BUSY">> { return Result.success(1); }',
    },
    {
      name: "one in a method whose codes cannot be added to",
      invalid:
        'async send(): Promise<Result<number, string extends number ? "A" : "B">> { return Result.success(«this.#port»); }',
      valid: 'async send(): Promise<Result<number, string extends number ? "A" : "B">> { return Result.success(1); }',
    },
    {
      name: "one in a decorated method",
      invalid: "@timeout(1) async send() { return Result.success(«this.#port»); }",
      valid: "@timeout(1) async send() { return Result.success(1); }",
    },
    {
      name: "one in a generator",
      invalid: "async *send() { yield «this.#port»; }",
      valid: "async *send() { yield 1; }",
    },
    {
      name: "one in a method that has all names",
      invalid:
        "async send(ready: 1, initialized: 2, readiness: 3) { return Result.success(«this.#port» + ready + initialized + readiness); }",
      valid:
        "async send(ready: 1, initialized: 2, readiness: 3) { return Result.success(ready + initialized + readiness); }",
    },
    {
      name: "one in an implementation with overloads",
      invalid:
        "send(to: string): Promise<Result<number>>; send(to: number): Promise<Result<number>>; async send() { return Result.success(«this.#port»); }",
      valid:
        "send(to: string): Promise<Result<number>>; send(to: number): Promise<Result<number>>; async send() { return Result.success(1); }",
    },
  ]);
});

describe("a check", () => {
  const use = "this.#port;";
  const marked = "«this.#port»;";
  const pair = (name: string, invalid: string, valid: string): Members => ({
    name,
    invalid: `async send(flag: boolean): Promise<unknown> { ${invalid} }`,
    valid: `async send(flag: boolean): Promise<unknown> { ${valid} }`,
  });
  testMembers([
    pair(
      "one after the use",
      `${marked} const ready = this.requireInitialized(); if (!ready.success) return ready;`,
      `const ready = this.requireInitialized(); if (!ready.success) return ready; ${use}`,
    ),
    pair(
      "one that is dropped",
      `this.requireInitialized(); ${marked}`,
      `if (!this.requireInitialized().success) return; ${use}`,
    ),
    pair(
      "one that is not looked at before the use",
      `const ready = this.requireInitialized(); ${marked} if (!ready.success) return ready;`,
      `let ready; ready = this.requireInitialized(); if (!ready.success) { flag = true; return ready; } ${use}`,
    ),
    pair(
      "one that is never looked at",
      `const ready = this.requireInitialized(); ${marked}`,
      `const { success } = this.requireInitialized(); if (!success) throw new Error(); ${use}`,
    ),
    pair(
      "one that does not leave",
      `const ready = this.requireInitialized(); if (!ready.success) console.log(1); ${marked}`,
      `const ready = this.requireInitialized(); if (!ready.success) return ready; else ${use}`,
    ),
    pair(
      "one that leaves on one of two conditions",
      `const ready = this.requireInitialized(); if (!ready.success && flag) return ready; ${marked}`,
      `const ready = this.requireInitialized(); if (!ready.success || ${use.replace(";", "")} > 1) return ready; ${use}`,
    ),
    pair(
      "one in a branch",
      `if (flag) { const ready = this.requireInitialized(); if (!ready.success) return ready; } ${marked}`,
      `if (flag) { const ready = this.requireInitialized(); if (!ready.success) return ready; ${use} }`,
    ),
    pair(
      "one that leaves when all is well",
      `const ready = this.requireInitialized(); if (ready.success) return; ${marked}`,
      `const ready = this.requireInitialized(); if (ready.success) { ${use} }`,
    ),
    pair(
      "a use after the branch of success",
      `const ready = this.requireInitialized(); if (ready.success) { console.log(1); } ${marked}`,
      `const ready = this.requireInitialized(); if (ready.success) { console.log(1); } else { return ready; } ${use}`,
    ),
    pair(
      "an else that does not leave",
      `const ready = this.requireInitialized(); if (ready.success) { console.log(1); } else { console.log(2); } ${marked}`,
      `const ready = this.requireInitialized(); if (ready.success) { console.log(1); } else { if (flag) return 1; else throw 1; } ${use}`,
    ),
    pair(
      "one of two ways to success",
      `const ready = this.requireInitialized(); if (ready.success || flag) { ${marked} }`,
      `const ready = this.requireInitialized(); if (ready.success && flag) { ${use} }`,
    ),
    pair(
      "the branch of failure",
      `const ready = this.requireInitialized(); if (ready.success === false) { ${marked} }`,
      `const ready = this.requireInitialized(); if (ready.success === false) { return; } ${use}`,
    ),
    pair(
      "the branch of failure, by other words",
      `const ready = this.requireInitialized(); if (ready.success !== true) { ${marked} }`,
      `const ready = this.requireInitialized(); if (ready.success === true) { ${use} }`,
    ),
    pair(
      "the branch of failure, by a function",
      `const ready = this.requireInitialized(); if (isFailure(ready)) { ${marked} }`,
      `const ready = this.requireInitialized(); if (isFailure(ready)) return ready; ${use}`,
    ),
    pair(
      "the branch of failure, by its error",
      `const ready = this.requireInitialized(); if ("error" in ready) { ${marked} }`,
      `const ready = this["requireInitialized"](); if ("error" in ready) return ready; ${use}`,
    ),
    pair(
      "a use before it is handed on",
      `${marked} return Result.andThen(this.requireInitialized(), () => Result.success(1));`,
      `return Result.andThen(this.requireInitialized(), () => Result.success(this.#port));`,
    ),
    pair(
      "a use before it is unwrapped",
      `${marked} Result.unwrap(this.requireInitialized());`,
      `Result.unwrap(this.requireInitialized()); ${use}`,
    ),
    pair(
      "an expression before it is asked",
      `return flag ? «this.#port» : this.requireInitialized().success;`,
      `return this.requireInitialized().success ? this.#port : 1;`,
    ),
    pair(
      "a use in a callback that stands before it",
      `const later = () => «this.#port»; const ready = this.requireInitialized(); if (!ready.success) return ready; later();`,
      `const ready = this.requireInitialized(); if (!ready.success) return ready; const later = () => this.#port; later();`,
    ),
  ]);
});

describe("a question for the field itself", () => {
  const pair = (name: string, invalid: string, valid: string): Members => ({
    name,
    path: "this.#logger",
    invalid: `async send() { ${invalid} }`,
    valid: `async send() { ${valid} }`,
  });
  testMembers([
    pair(
      "a use before it",
      `«this.#logger».info(""); if (!this.#logger) return;`,
      `if (!this.#logger) return; this.#logger.info("");`,
    ),
    pair(
      "a comparison with a value",
      `if («this.#logger» === console) return;`,
      `if (this.#logger === undefined) return; this.#logger.info("");`,
    ),
    pair(
      "what is asked of its value",
      `if («this.#logger».info) return;`,
      `if (null != this.#logger) this.#logger.info("");`,
    ),
    pair("a call without a question", `«this.#logger».info("");`, `this.#logger?.info("");`),
    pair("an assertion", `«this.#logger»!.info("");`, `return this.#logger ?? console;`),
    pair("the other operand", `return console ?? «this.#logger»;`, `return this.#logger && this.#logger.info("");`),
    pair("the other branch", `return 1 ? «this.#logger» : 2;`, `return this.#logger ? this.#logger : 2;`),
    pair(
      "one part of a condition",
      `if (1 && «this.#logger».info) return;`,
      `if (1 && this.#logger) this.#logger.info("");`,
    ),
    pair(
      "a use before it is set",
      `«this.#logger».info(""); this.#logger = {} as Logger;`,
      `this.#logger = {} as Logger; this.#logger.info("");`,
    ),
    pair(
      "a use in what it is set to",
      `this.#logger = «this.#logger»;`,
      `this.#logger ??= {} as Logger; return this.#logger;`,
    ),
    pair(
      "another field's",
      `if (!this.#port) return; «this.#logger».info("");`,
      `if ((this.#logger as Logger) && 1) return; this.#logger.info("");`,
    ),
  ]);
});

describe("a way to the state", () => {
  testMembers([
    {
      name: "a helper, with the path",
      path: "this.#query → this.#port",
      invalid: "async send() { return «this.#query»(); } #query() { return this.#port; }",
      valid:
        "async send() { return this.#query(); } #query() { const ready = this.requireInitialized(); return ready.success ? this.#port : ready; }",
    },
    {
      name: "helpers of helpers, also those that call each other",
      path: "this.query → this.ask → this.#port",
      invalid:
        "async send() { return «this.query»(); } private query(): unknown { return this.ask(); } protected ask() { this.query(); return this.#port; }",
      valid:
        "async send() { return this.query(); } private query(): unknown { return this.ask(); } protected ask() { return this.query(); }",
    },
    {
      name: "a getter",
      path: "this.port → this.#port",
      invalid: "async send() { return «this.port»; } get port() { return this.#port; }",
      valid: "async send() { this.port = 1; } set port(it: number) { this.#port; }",
    },
    {
      name: "a helper that is handed on",
      path: "this.#map → this.#port",
      invalid: "async send() { return [1].map(«this.#map»); } #map = () => this.#port;",
      valid: "async send() { return [1].map(this.#map); } #map = () => 1;",
    },
    {
      name: "destructuring",
      path: "this.host",
      method: "More.send",
      invalid: `}\nexport class More extends Service { host = ""; protected override async onInitialize() { this.host = "a"; return Result.success(1); } async send() { const { «host: name» } = this; return name; }`,
      valid: `}\nexport class More extends Service { host = ""; port = 1; protected override async onInitialize() { this.host = "a"; return Result.success(1); } async send() { const { port: host } = this; return host; }`,
    },
    {
      name: "element access",
      path: "this.host",
      method: "More.send",
      invalid: `}\nexport class More extends Service { host = ""; protected override async onInitialize() { this["host"] = "a"; return Result.success(1); } async send() { return «this["host"]»; }`,
      valid: `}\nexport class More extends Service { host = ""; protected override async onInitialize() { this["host"] = "a"; return Result.success(1); } async send() { return this["port"]; }`,
    },
    {
      name: "no public method, which is asked itself",
      invalid: "async send() { return «this.#port»; } async post() { return this.send(); }",
      valid:
        "async post() { const sent = await this.send(); if (!sent.success) return sent; return this.#port; } async send() { const ready = this.requireInitialized(); if (!ready.success) return ready; return Result.success(this.#port); }",
    },
    {
      name: "a helper that checks, if its answer is used",
      invalid:
        "async send() { const ready = this.#check(); return «this.#port»; } #check() { return this.requireInitialized(); }",
      valid:
        "async send() { const ready = this.#check(); if (!ready.success) return ready; return this.#port; } #check() { return this.requireInitialized(); }",
    },
    {
      name: "a callback for a helper that does not check",
      invalid: "async send() { return this.#run(() => «this.#port»); } #run(work: () => unknown) { return work(); }",
      valid:
        "async send() { return this.#run(() => this.#port); } #run(work: () => unknown) { const ready = this.requireInitialized(); return ready.success ? work() : ready; }",
    },
    {
      name: "an argument for a helper that checks, but not its callback",
      invalid:
        "async send() { return this.#run(«this.#port», () => this.#port); } #run(port: number, work: () => unknown) { const ready = this.requireInitialized(); return ready.success ? work() : port; }",
      valid:
        "async send() { return this.#run(1, () => this.#port); } #run(port: number, work: () => unknown) { const ready = this.requireInitialized(); return ready.success ? work() : port; }",
    },
    {
      name: "a helper that does not check",
      invalid: "async send() { this.#check(); return «this.#port»; } #check() { return 1; }",
      valid:
        "async send() { this.#check(); return this.#port; } #check() { if (!this.requireInitialized().success) throw new Error(); }",
    },
  ]);
});

describe("a decorator", () => {
  testMembers([
    {
      name: "another one of the runtime, but not @initialized by any name",
      invalid: "@timeout(1) async send() { return Result.success(«this.#port»); }",
      valid:
        "@initialized async send() { return Result.success(this.#port); } @timeout(1) @checked async post() { return Result.success(this.#port); } @runtime.initialized async read() { return Result.success(this.#port); }",
    },
    {
      name: "one of the workspace, unless it asks",
      invalid: "@logged async send() { return Result.success(«this.#port»); }",
      valid: "@ready async send() { return Result.success(this.#port); }",
    },
    {
      name: "none on a helper",
      path: "this.#query → this.#port",
      output:
        "async send() { const ready = this.requireInitialized(); if (!ready.success) return ready; return this.#query(); } async #query() { return Result.success(this.#port); }",
      invalid: "async send() { return «this.#query»(); } async #query() { return Result.success(this.#port); }",
      valid:
        "async send() { return this.#query(); } @initialized async #query() { return Result.success(this.#port); }",
    },
  ]);
});

describe("state", () => {
  const inService = (members: string) => `export class Mail extends Service {\n  ${members}\n}`;
  const send = "async send() { return «this.#it»; }";
  const pair = (name: string, invalid: string, valid: string): Pair => ({
    name,
    invalid: inService(invalid),
    errors: [unchecked("Mail.send", "this.#it")],
    valid: inService(valid.replace(/[«»]/g, "")),
  });
  const hook = (code: string) =>
    `protected override async onInitialize(context: ActivationContext) { ${code} return Result.success(1); }`;
  testFiles([
    pair(
      "a field that onInitialize sets, but not one that the constructor sets",
      `#it?: number; ${hook("this.#it = 1;")} ${send}`,
      `#it?: number; constructor() { super(); this.#it = 1; } ${hook("")} ${send}`,
    ),
    pair(
      "a field that a helper of onInitialize sets",
      `#it = 1; ${hook("await this.#connect();")} async #connect() { this.open(); } private open() { this.#it = 2; } ${send}`,
      `#it = 1; ${hook("")} async #connect() { this.open(); } private open() { this.#it = 2; } ${send}`,
    ),
    pair(
      "a field that is set by destructuring",
      `#it = 1; ${hook("[this.#it] = [1];")} ${send}`,
      `#it = 1; ${hook("[this.#other] = [this.#it];")} #other = 1; ${send}`,
    ),
    pair(
      "a field that is set by a pattern",
      `#it = 1; ${hook("({ a: this.#it, ...this.#other } = { a: 1 });")} #other = {}; ${send}`,
      `#it = 1; ${hook("this.#it += 1; this.#it++;")} ${send}`,
    ),
    pair(
      "a field that is filled",
      `#it?: number; ${hook("this.#it ??= 1;")} ${send}`,
      `#it?: number; ${hook("const self = { it: 1 }; self.it = this.#it ?? 1;")} ${send}`,
    ),
    pair(
      "a field that a callback sets at once, but not one that is set later",
      `#it = 1; ${hook("await Result.attempt('NO', async () => { this.#it = 1; });")} ${send}`,
      `#it = 1; ${hook("context.subscribe('a' as never, async () => { this.#it = 1; });")} ${send}`,
    ),
    pair(
      "a field of the service itself, but not of an object in it",
      `#it = 1; ${hook("(this as Mail).#it = 1;")} ${send}`,
      `#it = 1; ${hook("class Own { #it = 1; set() { this.#it = 2; } } function set(this: Mail) { this.#it = 1; }")} ${send}`,
    ),
    pair(
      "a number, but not a flag that tells whether it happened",
      `#it = 0; ${hook("this.#it = 1;")} ${send}`,
      `#it = false; ${hook("this.#it = true;")} ${send}`,
    ),
    pair(
      "a field that a setter sets",
      `#it = 1; ${hook("this.it = 1;")} set it(it: number) { this.#it = it; } ${send}`,
      `#it = 1; ${hook("this.it;")} get it() { return 1; } set it(it: number) { this.#it = it; } ${send}`,
    ),
    pair(
      "a function in a field that is the hook",
      `#it = 1; override onInitialize = async () => { this.#it = 1; return Result.success(1); }; ${send}`,
      `#it = 1; onInitialise = async () => { this.#it = 1; return Result.success(1); }; ${send}`,
    ),
  ]);
});

describe("a class", () => {
  const base =
    "abstract class Base extends Service { protected port = 0; #own = 1; protected override async onInitialize() { this.port = 1; this.#own = 2; return Result.success(1); } protected ask() { return this.port; } protected ensure() { if (!this.requireInitialized().success) throw new Error(); } }\n";
  testFiles([
    {
      name: "a service by another class, with the state of that",
      invalid: `${base}export class Mail extends Base { async send() { return «this.port»; } }`,
      errors: [unchecked("Mail.send", "this.port")],
      valid: `${base}export class Mail extends Base { async send() { this.ensure(); return this.port; } }`,
    },
    {
      name: "helpers of the base",
      invalid: `${base}export class Mail extends Base { async send() { return «this.ask»(); } }`,
      errors: [unchecked("Mail.send", "this.ask → this.port")],
      valid: `${base}export class Mail extends Base { async send() { return this.ask(); } protected override ask() { return 1; } }`,
    },
    {
      name: "a hook that calls the base's, but not one that replaces it",
      invalid: `${base}export class Mail extends Base { protected override async onInitialize() { return super.onInitialize(); } async send() { return «this.port»; } }`,
      errors: [unchecked("Mail.send", "this.port")],
      valid: `${base}export class Mail extends Base { protected override async onInitialize() { return Result.success(1); } async send() { return this.port; } }`,
    },
    {
      name: "its own private field, but not the base's of the same name",
      invalid: `${base}export class Mail extends Base { #own = 1; protected override async onInitialize() { this.#own = 2; return Result.success(1); } async send() { return «this.#own»; } }`,
      errors: [unchecked("Mail.send", "this.#own")],
      valid: `${base}export class Mail extends Base { #own = 1; async send() { return this.#own; } }`,
    },
    {
      name: "a base in another file",
      invalid: `export class Mail extends BaseService { async send() { return «this.names»; } }`,
      errors: [unchecked("Mail.send", "this.names")],
      valid: `export class Mail extends BaseService { async send() { return this.counts; } }`,
    },
    {
      name: "a base by a mixin",
      invalid: `const mixed = <T extends abstract new (...rest: any[]) => Service>(base: T) => { abstract class Mixed extends base {} return Mixed; };\nexport class Mail extends mixed(BaseService) { async send() { return «this.names»; } }`,
      errors: [unchecked("Mail.send", "this.names")],
      valid: `const mixed = <T extends abstract new (...rest: any[]) => Service>(base: T) => { abstract class Mixed extends base {} return Mixed; };\nexport class Mail extends mixed(BaseService) { async send() { return this.counts; } }`,
    },
    {
      name: "a class expression, but no class that is no service",
      invalid: `export const Mail = class extends Service { it = 1; protected override async onInitialize() { this.it = 2; return Result.success(1); } async send() { return «this.it»; } };`,
      errors: [unchecked("send", "this.it")],
      valid: `class Plain {}\nexport const Mail = class extends Plain { it = 1; async onInitialize() { this.it = 2; } async send() { return this.it; } };`,
    },
    {
      name: "public methods, but not the initialization and members that are none",
      invalid: `export class Mail extends Service { it = 1; protected override async onInitialize() { this.it = 2; return Result.success(1); } public async "send-now"() { return «this.it»; } }`,
      errors: [unchecked("Mail.send-now", "this.it")],
      valid: `export class Mail extends Service { it = 1; protected override async onInitialize() { this.it = 2; return Result.success(1); } override async initialize() { this.it; return Result.success(1); } protected override async onDispose() { this.it; } async [Symbol.asyncDispose]() { this.it; } get own() { return this.it; } static async make(mail: Mail) { return mail.it; } private async a() { this.it; } async #b() { this.it; } }`,
    },
  ]);
});
