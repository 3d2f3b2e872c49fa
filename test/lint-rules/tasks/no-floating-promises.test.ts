import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const head = "declare const make: () => Promise<number>;\n";
const floating = (expression: string, output?: string) => ({
  messageId: "floating",
  data: { expression },
  suggestions: output === undefined ? [] : [{ messageId: "addAwait", output }],
});
const floatingArray = (expression: string) => ({ messageId: "floatingArray", data: { expression } });
const uselessHandler = (expression: string) => ({ messageId: "uselessHandler", data: { expression } });

function testPairs(pairs: readonly Pair[]): void {
  testRule("no-floating-promises", withHead(head, pairs));
}

describe("a promise that nobody awaits", () => {
  testPairs([
    {
      name: "a call, and suggests to await it at the top level",
      invalid: "«make();»",
      errors: [floating("make()", "await make();")],
      valid: "await make();",
    },
    {
      name: "a call in an async function, and suggests to await it",
      invalid: "export async function run() {\n  «make();»\n}",
      errors: [floating("make()", "export async function run() {\n  await make();\n}")],
      valid: "export async function run() {\n  return make();\n}",
    },
    {
      name: "a call in a synchronous function, without a suggestion",
      invalid: "export function run() {\n  «make();»\n}",
      errors: [floating("make()")],
      valid: "export function run() {\n  return make();\n}",
    },
    {
      name: "a call in a class's static block, without a suggestion",
      invalid: "export class Run {\n  static {\n    «make();»\n  }\n}",
      errors: [floating("make()")],
      valid: "export class Run {\n  static promise = make();\n}",
    },
    {
      name: "an optional call",
      invalid: "const maybe = make as typeof make | undefined;\n«maybe?.();»",
      errors: [floating("maybe?.()", "const maybe = make as typeof make | undefined;\nawait maybe?.();")],
      valid: "const maybe = make as typeof make | undefined;\nmaybe?.().catch(() => {});",
    },
    {
      name: "an expression that needs parentheses to be awaited",
      invalid: "declare const ready: boolean;\n«ready ? make() : 1;»",
      errors: [floating("ready ? make() : 1", "declare const ready: boolean;\nawait (ready ? make() : 1);")],
      valid: "declare const ready: boolean;\nready ? await make() : 1;",
    },
    {
      name: "an expression over several lines, in one line and cut at sixty characters",
      invalid: "«make().then(\n  (value) => `${value} and some more of it`,\n).then((text) => text.length);»",
      errors: [
        floating(
          "make().then( (value) => `${value} and some more of it`, )…",
          "await make().then(\n  (value) => `${value} and some more of it`,\n).then((text) => text.length);",
        ),
      ],
      valid: "make().then(\n  (value) => `${value} and some more of it`,\n).catch((text) => text.length);",
    },
    {
      name: "a new promise",
      invalid: "«new Promise<void>((resolve) => resolve());»",
      errors: [
        floating("new Promise<void>((resolve) => resolve())", "await new Promise<void>((resolve) => resolve());"),
      ],
      valid: "new Set<number>();",
    },
    {
      name: "one of a union",
      invalid: "declare const either: number | Promise<number>;\n«either;»",
      errors: [floating("either", "declare const either: number | Promise<number>;\nawait either;")],
      valid: "declare const either: number | PromiseLike<number>;\neither;",
    },
    {
      name: "a value of a type parameter that is a promise",
      invalid: "export function run<T extends Promise<number>>(value: T) {\n  «value;»\n}",
      errors: [floating("value")],
      valid: "export function run<T>(value: T) {\n  value;\n}",
    },
    {
      name: "an instance of a subclass",
      invalid: "class Task extends Promise<number> {}\n«new Task(() => {});»",
      errors: [floating("new Task(() => {})", "class Task extends Promise<number> {}\nawait new Task(() => {});")],
      valid: "class Promise {}\nnew Promise();",
    },
    {
      name: "a tagged template",
      invalid: "declare function sql(parts: TemplateStringsArray): Promise<number>;\n«sql`a`;»",
      errors: [
        floating("sql`a`", "declare function sql(parts: TemplateStringsArray): Promise<number>;\nawait sql`a`;"),
      ],
      valid: "declare function sql(parts: TemplateStringsArray): string;\nsql`a`;",
    },
    {
      name: "the first of a sequence",
      invalid: "«make(), 1;»",
      errors: [floating("make(), 1", "await (make(), 1);")],
      valid: "void make(), 1;",
    },
    {
      name: "one beside emoji, after a byte order mark and with CRLF",
      invalid: "/* 😀 */ «make();»\r\n",
      errors: [floating("make()", "/* 😀 */ await make();\r\n")],
      valid: "/* 😀 */ await make();\r\n",
    },
  ]);
});

describe("a chain", () => {
  testPairs([
    {
      name: "then without a rejection handler",
      invalid: "«make().then(() => {});»",
      errors: [floating("make().then(() => {})", "await make().then(() => {});")],
      valid: "make().then(() => {}, () => {});",
    },
    {
      name: "then after catch",
      invalid: "«make().catch(() => {}).then(() => {});»",
      errors: [floating("make().catch(() => {}).then(() => {})", "await make().catch(() => {}).then(() => {});")],
      valid: "make().then(() => {}).catch(() => {});",
    },
    {
      name: "finally after a floating promise",
      invalid: "«make().finally(() => {});»",
      errors: [floating("make().finally(() => {})", "await make().finally(() => {});")],
      valid: "make().catch(() => {}).finally(() => {});",
    },
    {
      name: "a rejection handler that is no function",
      invalid: "«make().catch(undefined);»\n«make().then(() => {}, null);»",
      errors: [uselessHandler("make().catch(undefined)"), uselessHandler("make().then(() => {}, null)")],
      valid: "make().catch(console.error);\nmake().then(null, () => {});",
    },
  ]);
});

describe("an array of promises", () => {
  testPairs([
    {
      name: "a literal",
      invalid: "«[make(), make()];»",
      errors: [floatingArray("[make(), make()]")],
      valid: "await Promise.all([make(), make()]);",
    },
    {
      name: "the promises that map gives",
      invalid: "«[1, 2].map(async (each) => each);»",
      errors: [floatingArray("[1, 2].map(async (each) => each)")],
      valid: "[1, 2].map((each) => each);",
    },
    {
      name: "a tuple with a promise in it",
      invalid: "declare const pair: [number, Promise<number>];\n«pair;»",
      errors: [floatingArray("pair")],
      valid: "declare const pair: [number, number];\npair;",
    },
    {
      name: "await of an array, which waits for none of them",
      invalid: "«await [make()];»",
      errors: [floatingArray("await [make()]")],
      valid: "await Promise.all([make()]);",
    },
  ]);
});

describe("options", () => {
  testPairs([
    {
      name: "a void expression without ignoreVoid",
      options: [{ ignoreVoid: false }],
      invalid: "export function run() {\n  «void make();»\n}",
      errors: [floating("void make()")],
      valid: "export function run() {\n  void make;\n}",
    },
    {
      name: "with ignoreIIFE a call that is none",
      options: [{ ignoreIIFE: true }],
      invalid: "export function run() {\n  «make();»\n}",
      errors: [floating("make()")],
      valid: "export function run() {\n  (async () => {})();\n}",
    },
    {
      name: "with checkThenables any object with a then",
      options: [{ checkThenables: true }],
      invalid: "export function run(query: PromiseLike<number>) {\n  «query;»\n}",
      errors: [floating("query")],
      valid: "export function run(query: { then(done: () => void): void }) {\n  query;\n}",
    },
    {
      name: "with allowForKnownSafeCalls a call of another function",
      options: [{ allowForKnownSafeCalls: ["safe", { from: "package", name: "test", package: "node:test" }] }],
      invalid: "declare function unsafe(): Promise<void>;\nexport function run() {\n  «unsafe();»\n}",
      errors: [floating("unsafe()")],
      valid: "declare function safe(): Promise<void>;\nexport function run() {\n  safe();\n}",
    },
    {
      name: "with allowForKnownSafePromises a promise of another type",
      options: [{ allowForKnownSafePromises: [{ from: "file", name: "Safe" }] }],
      invalid: "class Unsafe extends Promise<void> {}\nexport function run(it: Unsafe) {\n  «it;»\n}",
      errors: [floating("it")],
      valid: "class Safe extends Promise<void> {}\nexport function run(it: Safe) {\n  it;\n}",
    },
  ]);
});
