import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const notAsync = (method: string) => ({ messageId: "notAsync", data: { method } });
const notPromised = (method: string, type: string) => ({ messageId: "notPromised", data: { method, type } });

const head = `import { type Failure, Result, Service, type Success } from "@phasewise/runtime";\n`;
const inService = (members: string) => `${head}export class Mail extends Service {\n  ${members}\n}`;

interface Members extends Omit<Pair, "errors"> {
  readonly suggested?: string;
}

/** Members of a service; what is marked is `send`. */
function testMembers(pairs: readonly Members[]): void {
  testRule(
    "require-async-service-method",
    pairs.map(({ suggested, output, ...pair }) => ({
      ...pair,
      invalid: inService(pair.invalid),
      valid: inService(pair.valid),
      ...(output !== undefined && { output: inService(output) }),
      errors: [
        {
          ...notAsync("Mail.send"),
          ...(suggested !== undefined && {
            suggestions: [{ messageId: "makeAsync", output: inService(suggested) }],
          }),
        },
      ],
    })),
  );
}

function testFiles(pairs: readonly Pair[]): void {
  testRule("require-async-service-method", withHead(head, pairs));
}

describe("a method that returns a promise already, which is fixed", () => {
  testMembers([
    {
      name: "one of a declared type",
      invalid: "«send»(): Promise<Result<number>> { return Promise.resolve(Result.success(1)); }",
      output: "async send(): Promise<Result<number>> { return Promise.resolve(Result.success(1)); }",
      valid: "async send(): Promise<Result<number>> { return Result.success(1); }",
    },
    {
      name: "one of an inferred type, with its comments",
      invalid: "/** Sends. */\n  /* now */ public «send» /* it */ () { return Promise.resolve(Result.success(1)); }",
      output: "/** Sends. */\n  /* now */ public async send /* it */ () { return Promise.resolve(Result.success(1)); }",
      valid: "public async send() { return Result.success(1); }",
    },
    {
      name: "one of an alias of a promise",
      invalid:
        "«send»(): Reply { return Promise.resolve(Result.success(1)); }\n}\ntype Reply = Promise<Result<number>>;\nclass Other {",
      output:
        "async send(): Reply { return Promise.resolve(Result.success(1)); }\n}\ntype Reply = Promise<Result<number>>;\nclass Other {",
      valid:
        "async send(): Reply { return Result.success(1); }\n}\ntype Reply = Promise<Result<number>>;\nclass Other {",
    },
    {
      name: "one that hands on, with modifiers and a quoted name",
      invalid: "protected post = async () => Result.success(1);\n  public override «'send'»() { return this.post(); }",
      output:
        "protected post = async () => Result.success(1);\n  public override async 'send'() { return this.post(); }",
      valid: "protected post = () => Result.success(1);\n  public override async 'send'() { return this.post(); }",
    },
    {
      name: "one with a name in brackets",
      invalid: "public [«'send'»](): Promise<Result<number>> { return Promise.resolve(Result.success(1)); }",
      output: "public async ['send'](): Promise<Result<number>> { return Promise.resolve(Result.success(1)); }",
      valid: "[Symbol.dispose]() { return Promise.resolve(Result.success(1)); }",
    },
    {
      name: "an arrow function in a field",
      invalid: "readonly «send» = <T>(it: T) => Promise.resolve(Result.success(it));",
      output: "readonly send = async <T>(it: T) => Promise.resolve(Result.success(it));",
      valid: "readonly send = async <T>(it: T) => Result.success(it); retries = 3;",
    },
    {
      name: "a function in a field that has a type",
      invalid: "«send»: () => Promise<Result<number>> = function () { return Promise.resolve(Result.success(1)); };",
      output: "send: () => Promise<Result<number>> = async function () { return Promise.resolve(Result.success(1)); };",
      valid: "send: () => Promise<Result<number>> = async () => Result.success(1);",
    },
    {
      name: "overloads, at the code",
      invalid:
        "send(to: string): Promise<Result<string>>; send(to: number): Promise<Result<number>>; «send»(): Promise<never> { return Promise.reject(); }",
      output:
        "send(to: string): Promise<Result<string>>; send(to: number): Promise<Result<number>>; async send(): Promise<never> { return Promise.reject(); }",
      valid:
        "send(to: string): Promise<Result<string>>; send(to: number): Promise<Result<number>>; async send(): Promise<never> { return Promise.reject(); }",
    },
    {
      name: "one in which only a callback throws",
      invalid: "«send»() { return Promise.resolve().then(() => { throw new Error(); }); }",
      output: "async send() { return Promise.resolve().then(() => { throw new Error(); }); }",
      valid: "async send() { throw new Error(); }",
    },
  ]);
});

describe("a method whose callers would see the difference, for which the change is suggested", () => {
  testMembers([
    {
      name: "one that returns a Result",
      invalid: "«send»(): Result<number> { return Result.success(1); }",
      suggested: "async send(): Promise<Result<number>> { return Result.success(1); }",
      valid: "async send(): Promise<Result<number>> { return Result.success(1); }",
    },
    {
      name: "one of an inferred type",
      invalid: "«send»() { return 1; }",
      suggested: "async send() { return 1; }",
      valid: "async send() { return 1; }",
    },
    {
      name: "one that returns nothing",
      invalid: "«send»(): void {}",
      suggested: "async send(): Promise<void> {}",
      valid: "async send(): Promise<void> {}",
    },
    {
      name: "one that throws before it promises",
      invalid: "«send»(flag: boolean) { if (flag) throw new Error(); return Promise.resolve(Result.success(1)); }",
      suggested:
        "async send(flag: boolean) { if (flag) throw new Error(); return Promise.resolve(Result.success(1)); }",
      valid: "private send(flag: boolean) { if (flag) throw new Error(); return Promise.resolve(Result.success(1)); }",
    },
    {
      name: "an arrow function in a field",
      invalid: "«send» = (it: string): string => it;",
      suggested: "send = async (it: string): Promise<string> => it;",
      valid: "private send = (it: string): string => it;",
    },
  ]);
});

describe("a method that is merely reported", () => {
  testMembers([
    {
      name: "one that sometimes promises",
      invalid: "«send»(flag: boolean) { return flag ? Promise.resolve(1) : 1; }",
      valid: "async send(flag: boolean) { return flag ? Promise.resolve(1) : 1; }",
    },
    {
      name: "one that returns another promise than the built-in one",
      invalid: "«send»(): PromiseLike<number> { return Promise.resolve(1); }",
      valid: "protected send(): PromiseLike<number> { return Promise.resolve(1); }",
    },
    {
      name: "a generator, but not an asynchronous one",
      invalid: "*«send»() { yield 1; }",
      valid: "async *send() { yield 1; }",
    },
    {
      name: "any, which tells nothing",
      invalid: "«send»(): any { return 1; }",
      valid: "send(): Missing { return 1; }",
    },
    {
      name: "a type predicate",
      invalid: "«send»(it: unknown): it is string { return true; }",
      valid: "static send(it: unknown): it is string { return true; }",
    },
    {
      name: "overloads that promise nothing",
      invalid: "send(to: string): string; send(to: number): number; «send»(to: unknown): any { return to; }",
      valid: "#send(to: string): string { return to; }",
    },
    {
      name: "a synchronous function in a field that has a type",
      invalid: "«send»: () => number = () => 1;",
      valid: "#send: () => number = () => 1;",
    },
    {
      name: "one named like no method of the language",
      invalid: "«send»(it: any): any { return it; }",
      valid:
        "toString() { return ``; } toJSON() { return {}; } valueOf() { return 1; } get e() { return 1; } set e(it) {} constructor() { super(); } static create() { return new Mail(); } private a() {} protected b() {} #c() {}",
    },
  ]);
});

describe("a signature", () => {
  testFiles([
    {
      name: "an abstract method that promises nothing",
      invalid: "export abstract class Mail extends Service {\n  abstract «send»(): Result<number>;\n}",
      errors: [notPromised("Mail.send", "Result<number>")],
      valid: "export abstract class Mail extends Service {\n  abstract send(): Promise<Result<number>>;\n}",
    },
    {
      name: "an abstract method that sometimes promises",
      invalid: "export abstract class Mail extends Service {\n  abstract «send»(): Promise<number> | number;\n}",
      errors: [notPromised("Mail.send", "number | Promise<number>")],
      valid:
        "export abstract class Mail extends Service {\n  abstract send(): PromiseLike<number>;\n  abstract post(): any;\n}",
    },
    {
      name: "the overload of an abstract method that promises nothing",
      invalid:
        "export abstract class Mail extends Service {\n  abstract send(to: string): Promise<string>;\n  abstract «send»(to: number): number;\n}",
      errors: [notPromised("Mail.send", "number")],
      valid:
        "export abstract class Mail extends Service {\n  abstract send(to: string): Promise<string>;\n  abstract send(to: number): Promise<number>;\n}",
    },
    {
      name: "a declared class",
      invalid: "export declare class Mail extends Service {\n  «send»(): string;\n}",
      errors: [notPromised("Mail.send", "string")],
      valid: "export declare class Mail extends Service {\n  send(): Promise<string>;\n}",
    },
  ]);
});

describe("a class", () => {
  testFiles([
    {
      name: "a service by another class, but not a class like one",
      invalid:
        "abstract class Base extends Service {}\nexport class Mail extends Base {\n  «send»() { return Promise.resolve(1); }\n}",
      errors: [notAsync("Mail.send")],
      output:
        "abstract class Base extends Service {}\nexport class Mail extends Base {\n  async send() { return Promise.resolve(1); }\n}",
      valid: "abstract class Base {}\nexport class Mail extends Base {\n  send() { return Promise.resolve(1); }\n}",
    },
    {
      name: "a class expression",
      invalid: "export const Mail = class extends Service {\n  «send»() { return Promise.resolve(1); }\n};",
      errors: [notAsync("send")],
      output: "export const Mail = class extends Service {\n  async send() { return Promise.resolve(1); }\n};",
      valid: "export const Mail = class {\n  send() { return Promise.resolve(1); }\n};",
    },
    {
      name: "an interface of the workspace, but not one of the language that wants it synchronous",
      invalid:
        "interface Named { send(): string }\nexport class Mail extends Service implements Named {\n  «send»(): string { return ``; }\n}",
      errors: [
        {
          ...notAsync("Mail.send"),
          suggestions: [
            {
              messageId: "makeAsync",
              output: `interface Named { send(): string }\nexport class Mail extends Service implements Named {\n  async send(): Promise<string> { return \`\`; }\n}`,
            },
          ],
        },
      ],
      valid:
        "interface Listening extends EventListenerObject {}\nexport class Mail extends Service implements Listening, PromiseLike<number> {\n  handleEvent() {}\n  async then(): Promise<never> { throw new Error(); }\n}",
    },
    {
      name: "an interface of the language that wants a promise",
      invalid:
        "export class Mail extends Service implements UnderlyingSource {\n  «pull»(): Promise<void> { return Promise.resolve(); }\n}",
      errors: [notAsync("Mail.pull")],
      output:
        "export class Mail extends Service implements UnderlyingSource {\n  async pull(): Promise<void> { return Promise.resolve(); }\n}",
      valid:
        "export class Mail extends Service implements UnderlyingSource {\n  async pull(): Promise<void> { return Promise.resolve(); }\n}",
    },
    {
      name: "the initialization that a service overrides",
      invalid:
        "export class Mail extends Service {\n  override «initialize»(): Promise<Result<unknown>> { return Promise.resolve(Result.success(1)); }\n}",
      errors: [notAsync("Mail.initialize")],
      output:
        "export class Mail extends Service {\n  override async initialize(): Promise<Result<unknown>> { return Promise.resolve(Result.success(1)); }\n}",
      valid:
        "export class Mail extends Service {\n  protected override async onInitialize() { return Result.success(1); }\n}",
    },
  ]);
});
