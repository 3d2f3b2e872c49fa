import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const noResult = (method: string, type: string) => ({ messageId: "noResult", data: { method, type } });

/** One that the rule suggests to wrap. */
const wrappable = (method: string, type: string) => ({ ...noResult(method, type), suggestions: 1 });

/** Members of a service, or a whole file where there is a `class` in the code. */
interface Members extends Omit<Pair, "invalid" | "valid"> {
  readonly invalid: string;
  readonly valid: string;
}

const head = `import { type Failure, Result, Service, type Success } from "@phasewise/runtime";\n`;

function testMembers(pairs: readonly Members[]): void {
  const inService = (members: string) => `${head}export class Mail extends Service {\n  ${members}\n}`;
  testRule(
    "require-result-return",
    pairs.map((pair) => ({ ...pair, invalid: inService(pair.invalid), valid: inService(pair.valid) })),
  );
}

function testFiles(pairs: readonly Pair[]): void {
  testRule("require-result-return", withHead(head, pairs));
}

describe("a public method", () => {
  testMembers([
    {
      name: "one that promises something else",
      invalid: "async «send»(): Promise<string> { return ``; }",
      errors: [wrappable("Mail.send", "Promise<string>")],
      valid: "async send(): Promise<Result<string>> { return Result.success(``); }",
    },
    {
      name: "one whose inferred type promises something else",
      invalid: "async «send»() { return 1; }",
      errors: [wrappable("Mail.send", "Promise<number>")],
      valid: "async send() { return Result.success(1); }",
    },
    {
      name: "one that promises nothing",
      invalid: "async «send»() {}",
      errors: [wrappable("Mail.send", "Promise<void>")],
      valid: "async send(): Promise<never> { throw new Error(); }",
    },
    {
      name: "one that returns a Result without a promise",
      invalid: "«send»(): Result<number> { return Result.success(1); }",
      errors: [noResult("Mail.send", "Result<number>")],
      valid: "send(): Promise<Result<number>> { return Promise.resolve(Result.success(1)); }",
    },
    {
      name: "one that sometimes promises no Result",
      invalid: "async «send»(flag: boolean) { return flag ? Result.success(1) : undefined; }",
      errors: [noResult("Mail.send", "Promise<Success<number> | undefined>")],
      valid: "async send(flag: boolean) { return flag ? Result.success(1) : Result.error(`NO`, `no`); }",
    },
    {
      name: "one that sometimes returns no promise",
      invalid: "«send»(): Promise<Result<number>> | undefined { return undefined; }",
      errors: [noResult("Mail.send", "Promise<Result<number>> | undefined")],
      valid: "send(): Promise<Success<number>> | Promise<Failure> { return Promise.resolve(Result.success(1)); }",
    },
    {
      name: "a generic one",
      invalid: "async «send»<T>(value: T): Promise<T> { return value; }",
      errors: [wrappable("Mail.send", "Promise<T>")],
      valid: "async send<T>(value: T): Promise<Result<T>> { return Result.success(value); }",
    },
    {
      name: "one whose type parameter may be anything, but not one that is a Result",
      invalid: "async «send»<T extends object>(value: T): Promise<T> { return value; }",
      errors: [wrappable("Mail.send", "Promise<T>")],
      valid: "async send<T extends Result<number>>(value: T): Promise<T> { return value; }",
    },
    {
      name: "an overload",
      invalid:
        "«send»(to: string): Promise<string>; send(to: number): Promise<Result<number>>; async send(): Promise<never> { throw new Error(); }",
      errors: [noResult("Mail.send", "Promise<string>")],
      valid:
        "send(to: string): Promise<Result<string>>; send(to: number): Promise<Result<number>>; async send(): Promise<never> { throw new Error(); }",
    },
    {
      name: "a later overload, at its own name",
      invalid:
        "send(to: string): Promise<Result<string>>; «send»(to: number): Promise<number>; async send(): Promise<never> { throw new Error(); }",
      errors: [noResult("Mail.send", "Promise<number>")],
      valid:
        "send(to: number): Promise<Result<number>>; send(to: string): Promise<Result<string>>; async send(): Promise<never> { throw new Error(); }",
    },
    {
      name: "an arrow function in a field",
      invalid: "«send» = async () => 1;",
      errors: [wrappable("Mail.send", "Promise<number>")],
      valid: "send = async () => Result.success(1); retries = 3;",
    },
    {
      name: "a quoted name",
      invalid: "async «'send-now'»() {}",
      errors: [wrappable("Mail.send-now", "Promise<void>")],
      valid: "async 'send-now'() { return Result.success(1); }",
    },
    {
      name: "async iteration",
      invalid: "async *«send»() { yield 1; }",
      errors: [noResult("Mail.send", "AsyncGenerator<number, void, unknown>")],
      valid: "async *[Symbol.asyncIterator]() { yield 1; }",
    },
    {
      name: "one that looks like a Result",
      invalid: "async «send»() { return { success: true, data: 1 }; }",
      errors: [wrappable("Mail.send", "Promise<{ success: boolean; data: number; }>")],
      valid: "async send() { return Result.attempt(`NO`, () => 1); }",
    },
    {
      name: "public ones among others",
      invalid: "public async «send»() {} override async initialize(): Promise<never> { throw new Error(); }",
      errors: [wrappable("Mail.send", "Promise<void>")],
      valid:
        "private async a() {} protected async b() {} static async c() {} async #d() {} get e() { return 1; } set e(it) {} constructor() { super(); } accessor f = async () => {}; private g = async () => {}; static h = async () => {}; [`i`]() {}",
    },
    {
      name: "one of a known type, but none whose type does not resolve",
      invalid: "async «send»(): Promise<unknown> { return 1; }",
      errors: [wrappable("Mail.send", "Promise<unknown>")],
      valid: "send(): Missing { return 1; } async post(): Promise<Missing> { return 1; }",
    },
  ]);
});

describe("a service", () => {
  testFiles([
    {
      name: "a class that extends Service through another class",
      invalid: "abstract class Base extends Service {}\nexport class Mail extends Base {\n  async «send»() {}\n}",
      errors: [wrappable("Mail.send", "Promise<void>")],
      valid: "abstract class Base {}\nexport class Mail extends Base {\n  async send() {}\n}",
    },
    {
      name: "a class that extends a service of another file",
      invalid: `import { InvoiceService } from "./invoice-service.js";\nexport class Mail extends InvoiceService {\n  async «send»() {}\n}`,
      errors: [wrappable("Mail.send", "Promise<void>")],
      valid: `import { PlainLedger } from "./invoice-service.js";\nexport class Mail extends PlainLedger {\n  async send() {}\n}`,
    },
    {
      name: "a class that extends Service by another name",
      invalid: `import * as runtime from "@phasewise/runtime";\nimport { Service as Base } from "@phasewise/runtime";\nexport class Mail extends Base {\n  async «send»() {}\n}\nexport class Post extends runtime.Service {\n  async «send»() {}\n}`,
      errors: [wrappable("Mail.send", "Promise<void>"), wrappable("Post.send", "Promise<void>")],
      valid: `export namespace Other {\n  class Service {}\n  export class Mail extends Service {\n    async send() {}\n  }\n}`,
    },
    {
      name: "a class with settings",
      invalid: "export class Mail extends Service<{ port: number }> {\n  async «send»() {}\n}",
      errors: [wrappable("Mail.send", "Promise<void>")],
      valid: "export class Mail extends Service<{ port: number }> {}",
    },
    {
      name: "a class expression, named or not",
      invalid:
        "export const Mail = class extends Service {\n  async «send»() {}\n};\nexport const Post = class Letter extends Service {\n  async «send»() {}\n};",
      errors: [wrappable("send", "Promise<void>"), wrappable("Letter.send", "Promise<void>")],
      valid: "export const Mail = class {\n  async send() {}\n};",
    },
    {
      name: "a class that a mixin made of one",
      invalid:
        "const logged = <T extends abstract new (...rest: any[]) => Service>(base: T) => {\n  abstract class Logged extends base {}\n  return Logged;\n};\nexport class Mail extends logged(Service) {\n  async «send»() {}\n}",
      errors: [wrappable("Mail.send", "Promise<void>")],
      valid:
        "const logged = <T extends new (...rest: any[]) => object>(base: T) => class extends base {};\nexport class Mail extends logged(Object) {\n  async send() {}\n}",
    },
    {
      name: "an abstract method",
      invalid: "export abstract class Mail extends Service {\n  abstract «send»(): Promise<number>;\n}",
      errors: [wrappable("Mail.send", "Promise<number>")],
      valid: "export abstract class Mail extends Service {\n  abstract send(): Promise<Result<number>>;\n}",
    },
    {
      name: "aliases of other types, but not aliases of a Result",
      invalid:
        "type Reply = Promise<string>;\nexport class Mail extends Service {\n  async «send»(): Reply { return ``; }\n}",
      errors: [noResult("Mail.send", "Reply")],
      valid:
        "type Outcome = Result<string, `NO`>;\ntype Reply = Promise<Outcome>;\nexport class Mail extends Service {\n  send(): Reply { return Promise.resolve(Result.success(``)); }\n}",
    },
    {
      name: "any, which tells nothing",
      invalid: "export class Mail extends Service {\n  async «send»(): Promise<any> {}\n}",
      errors: [wrappable("Mail.send", "Promise<any>")],
      valid: `import type { Unknown } from "./missing.js";\nexport class Mail extends Service {\n  send(): Unknown {}\n}`,
    },
  ]);
});

describe("a suggestion to wrap", () => {
  const service = (members: string, names = "Result, Service") =>
    `import { ${names} } from "@phasewise/runtime";\nconst load = async () => 1;\nexport abstract class Mail extends Service {\n  ${members}\n}\n`;
  const wraps = (name: string, type: string, members: string, wrapped: string, names?: string): Pair => ({
    name,
    invalid: service(members, names),
    errors: [
      {
        ...noResult("Mail.send", type),
        suggestions: [{ messageId: "wrap", output: service(wrapped, names && `${names}, Result`) }],
      },
    ],
    valid: service(wrapped, names && `${names}, Result`),
  });
  const keeps = (name: string, type: string, members: string, valid: string, names?: string): Pair => ({
    name,
    invalid: service(members, names),
    errors: [noResult("Mail.send", type)],
    valid: service(valid, names),
  });

  testRule("require-result-return", [
    wraps(
      "the declared type and all that is returned, but nothing of functions within",
      "Promise<string | number>",
      "async «send»(to?: string): Promise<string | number> {\n    if (to) {\n      return /* to */ [to].map((each) => { return each; }).join(); // joined\n    } else {\n      throw new Error();\n    }\n  }",
      "async send(to?: string): Promise<Result<string | number>> {\n    if (to) {\n      return /* to */ Result.success([to].map((each) => { return each; }).join()); // joined\n    } else {\n      throw new Error();\n    }\n  }",
    ),
    wraps(
      "an object that an arrow function in a field gives, with its parentheses",
      "Promise<{ a: number; }>",
      "readonly «send» = async () => ({ a: 1 });",
      "readonly send = async () => (Result.success({ a: 1 }));",
    ),
    wraps(
      "a promise, which is awaited first",
      "Promise<number>",
      "async «send»(it: boolean): Promise<number> {\n    try {\n      if (it) return it ? load() : 1;\n      return load();\n    } finally {\n      await load();\n    }\n  }",
      "async send(it: boolean): Promise<Result<number>> {\n    try {\n      if (it) return Result.success(await (it ? load() : 1));\n      return Result.success(await load());\n    } finally {\n      await load();\n    }\n  }",
    ),
    wraps(
      "what may be a promise for all that is known, and what is awaited already",
      "Promise<any>",
      "async «send»(): Promise<any> {\n    try {\n      return await load();\n    } catch {\n      return JSON.parse(``);\n    }\n  }",
      "async send(): Promise<Result<any>> {\n    try {\n      return Result.success(await load());\n    } catch {\n      return Result.success(await JSON.parse(``));\n    }\n  }",
    ),
    wraps(
      "nothing, returned early and at the end",
      "Promise<void>",
      "async «send»(to?: string): Promise<void> {\n    if (!to) return;\n    await load(); // sent\n  }",
      "async send(to?: string): Promise<Result<void>> {\n    if (!to) return Result.success(undefined);\n    await load(); // sent\n    return Result.success(undefined);\n  }",
    ),
    wraps(
      "nothing, returned by a finally",
      "Promise<void>",
      "async «send»() { try { await load(); } finally { return; } }",
      "async send() { try { await load(); } finally { return Result.success(undefined); } }",
    ),
    wraps(
      "nothing, after what stands in one line",
      "Promise<void>",
      "async «send»() { await load(); }",
      "async send() { await load(); return Result.success(undefined); }",
    ),
    wraps(
      "nothing, in an empty body",
      "Promise<void>",
      "async «send»() {}",
      "async send() { return Result.success(undefined); }",
    ),
    wraps(
      "the type of an abstract method, with the import that it needs",
      "Promise<number>",
      "abstract «send»(): Promise<number>;",
      "abstract send(): Promise<Result<number>>;",
      "Service",
    ),
    wraps(
      "what is returned, with CRLF",
      "Promise<void>",
      "async «send»() {\r\n    await load();\r\n  }",
      "async send() {\r\n    await load();\r\n    return Result.success(undefined);\r\n  }",
      "Service",
    ),
    keeps(
      "a value beside an end that may be reached, without a suggestion",
      "Promise<string | undefined>",
      "async «send»(to?: string) {\n    if (to) return to;\n  }",
      "async send(to?: string) {\n    return Result.success(to);\n  }",
    ),
    keeps(
      "a value beside an empty return, without a suggestion",
      "Promise<string | undefined>",
      "async «send»(to?: string) {\n    if (!to) return;\n    return to;\n  }",
      "async send(to?: string) {\n    if (!to) return Result.success();\n    return Result.success(to);\n  }",
    ),
    keeps(
      "a loop whose end is not known to be out of reach, without a suggestion",
      "Promise<string>",
      "async «send»(): Promise<string> {\n    for (;;) await load();\n  }",
      "async send(): Promise<Result<string>> {\n    for (;;) await load();\n  }",
    ),
    keeps(
      "a sequence, without a suggestion",
      "Promise<number>",
      "async «send»() {\n    return load(), 1;\n  }",
      "async send() {\n    return load(), Result.success(1);\n  }",
    ),
    keeps(
      "a Result beside other values, without a suggestion",
      "Promise<Success<string> | undefined>",
      "async «send»(to?: string) {\n    if (to) return Result.success(to);\n    return undefined;\n  }",
      "async send(to?: string) {\n    if (to) return Result.success(to);\n    return Result.success(undefined);\n  }",
    ),
    keeps(
      "a Result in the declared type, without a suggestion",
      "Promise<string | Result<string>>",
      "async «send»(): Promise<string | Result<string>> {\n    throw new Error();\n  }",
      "async send(): Promise<Result<string>> {\n    throw new Error();\n  }",
    ),
    keeps(
      "one that is not async, without a suggestion",
      "Promise<number>",
      "«send»(): Promise<number> {\n    return load();\n  }",
      "send(): Promise<Result<number>> {\n    return Promise.resolve(Result.success(1));\n  }",
    ),
    keeps(
      "another name for the type, without a suggestion",
      "PromiseLike<number>",
      "abstract «send»(): PromiseLike<number>;",
      "abstract send(): Promise<Result<number>>;",
    ),
    keeps(
      "a field with a type of its own, without a suggestion",
      "Promise<number>",
      "«send»: () => Promise<number> = async () => 1;",
      "send: () => Promise<Result<number>> = async () => Result.success(1);",
    ),
    keeps(
      "one where the name Result is another's, without a suggestion",
      "Promise<number>",
      "async «send»() {\n    return 1;\n  }",
      "async send(): Promise<Result<number>> {\n    throw new Error();\n  }",
      "type Result, Service",
    ),
  ]);
});
