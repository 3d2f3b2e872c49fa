import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const head = "declare const make: () => Promise<number>;\n";
const floating = (expression: string, output?: string) => ({
  messageId: "floating",
  data: { expression },
  suggestions: output === undefined ? [] : [{ messageId: "addAwait", output }],
});
const unused = (name: string, expression: string, output?: string) => ({
  messageId: "unused",
  data: { expression, name },
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

describe("a promise in a literal that is dropped", () => {
  testPairs([
    {
      name: "a property, and suggests to await it there",
      invalid: "({ a: 1, b: «make()» });",
      errors: [floating("make()", "({ a: 1, b: await make() });")],
      valid: "({ a: 1, b: await make(), c: make });",
    },
    {
      name: "one in an object or an array that is nested",
      invalid: "({ a: { b: «make()» }, c: «[make()]» });\n[«[make()]», { a: «make()» }, 1];",
      errors: [
        floating("make()", "({ a: { b: await make() }, c: [make()] });\n[[make()], { a: make() }, 1];"),
        floatingArray("[make()]"),
        floatingArray("[make()]"),
        floating("make()", "({ a: { b: make() }, c: [make()] });\n[[make()], { a: await make() }, 1];"),
      ],
      valid: "({ a: { b: await make() }, c: [make] });\n[[await make()], , ...[], { a: make, ...{} }, 1];",
    },
    {
      name: "a method's promise, but not the method",
      invalid: "({ a: «(async () => {})()» });",
      errors: [floating("(async () => {})()", "({ a: await (async () => {})() });")],
      valid: "let held;\n({ async a() {}, b: async () => {}, c: (held = make()) });\nawait held;",
    },
  ]);
});

describe("a promise in a variable that nobody reads", () => {
  testPairs([
    {
      name: "a constant, and suggests to await it",
      invalid: "export async function run() {\n  const «unread» = make();\n}",
      errors: [unused("unread", "make()", "export async function run() {\n  const unread = await make();\n}")],
      valid: "export async function run() {\n  const read = make();\n  await read;\n}",
    },
    {
      name: "one whose name begins with an underscore",
      invalid: "export function run() {\n  const «_unread» = make();\n}",
      errors: [unused("_unread", "make()")],
      valid: "export function run() {\n  const _read = make();\n  return () => _read;\n}",
    },
    {
      name: "one that is assigned later, and one beside others",
      invalid: "let «one» = make(), two = 1;\n«one» = make();\ntwo = 2;",
      errors: [
        unused("one", "make()", "let one = await make(), two = 1;\none = make();\ntwo = 2;"),
        unused("one", "make()", "let one = make(), two = 1;\none = await make();\ntwo = 2;"),
      ],
      valid: "let one: unknown, two: unknown;\none ??= make();\ntwo = one = make();\nawait one;",
    },
    {
      name: "promises in an array",
      invalid: "const «all» = [make(), make()];",
      errors: [floatingArray("[make(), make()]")],
      valid: "const all = [make(), make()];\nawait Promise.all(all);",
    },
    {
      name: "a chain without a handler of its failure",
      invalid: "const «sent» = make().then(() => 1);",
      errors: [unused("sent", "make().then(() => 1)", "const sent = await make().then(() => 1);")],
      valid: "const sent = make().catch(() => 1);",
    },
    {
      name: "one that nobody else can read",
      invalid: "namespace A {\n  const «unread» = make();\n}",
      errors: [unused("unread", "make()", "namespace A {\n  const unread = await make();\n}")],
      valid:
        "namespace A {\n  export const read = make();\n}\nexport const shared = make();\nconst later = make();\nexport { later };",
    },
    {
      name: "a new promise, but not another name for one",
      invalid: "const first = make();\nconst «second» = first.then(() => 2);",
      errors: [
        unused("second", "first.then(() => 2)", "const first = make();\nconst second = await first.then(() => 2);"),
      ],
      valid: "const all = { first: make() };\nconst second = all.first;\nconst third = all!.first as unknown;",
    },
    {
      name: "what is not disposed of with its block",
      invalid: "declare const open: () => Promise<number> & AsyncDisposable;\nconst «kept» = open();",
      errors: [
        unused(
          "kept",
          "open()",
          "declare const open: () => Promise<number> & AsyncDisposable;\nconst kept = await open();",
        ),
      ],
      valid: "declare const open: () => Promise<number> & AsyncDisposable;\nawait using kept = open();",
    },
    {
      name: "a variable of a module, but not of a script, which others share",
      invalid: "const «kept» = make();\nexport {};",
      errors: [unused("kept", "make()", "const kept = await make();\nexport {};")],
      valid: "const kept = make();\nexport default kept;",
    },
  ]);
});

describe("in module code", () => {
  const runtime = `import { type ActivationContext, type TaskGroup } from "@phasewise/runtime";\n`;
  const withOwner = (error: ReturnType<typeof floating>, owner: string, output: string) => ({
    ...error,
    suggestions: [...error.suggestions, { messageId: "runInOwner", data: { owner }, output }],
  });
  testPairs([
    {
      name: "a promise that a context in scope can own",
      invalid: `${runtime}export function run(context: ActivationContext) {\n  «make();» // now\n}`,
      errors: [
        withOwner(
          floating("make()"),
          "context.background",
          `${runtime}export function run(context: ActivationContext) {\n  context.background("make", () => make()); // now\n}`,
        ),
      ],
      valid: `${runtime}export function run(context: ActivationContext) {\n  context.background("make", () => make()); // now\n}`,
    },
    {
      name: "a promise that a task group in scope can own, the nearest one",
      invalid: `${runtime}export const run = async (context: ActivationContext, group: TaskGroup) => {\n  [1].forEach((one) => {\n    «make();»\n  });\n};`,
      errors: [
        withOwner(
          floating("make()"),
          "context.background",
          `${runtime}export const run = async (context: ActivationContext, group: TaskGroup) => {\n  [1].forEach((one) => {\n    context.background("make", () => make());\n  });\n};`,
        ),
      ],
      valid: `${runtime}export const run = (context: ActivationContext) => async (group: TaskGroup) => {\n  void group.run(() => make());\n};`,
    },
    {
      name: "a promise in a task group",
      invalid: `${runtime}export const run = (context: ActivationContext) => async (group: TaskGroup) => {\n  «make();»\n};`,
      errors: [
        withOwner(
          floating(
            "make()",
            `${runtime}export const run = (context: ActivationContext) => async (group: TaskGroup) => {\n  await make();\n};`,
          ),
          "group.run",
          `${runtime}export const run = (context: ActivationContext) => async (group: TaskGroup) => {\n  void group.run(() => make());\n};`,
        ),
      ],
      valid: `${runtime}export const run = (context: ActivationContext) => async (group: TaskGroup) => {\n  await make();\n};`,
    },
    {
      name: "what only may be a promise, which no task can be made of",
      invalid: `${runtime}declare const maybe: () => Promise<number> | number;\nexport function run(context: ActivationContext) {\n  «maybe();»\n}`,
      errors: [floating("maybe()")],
      valid: `${runtime}declare const maybe: () => number;\nexport function run(context: ActivationContext) {\n  maybe();\n}`,
    },
    {
      name: "a property of a literal, which cannot be handed over",
      invalid: `${runtime}export function run(context: ActivationContext) {\n  ({ a: «make()» });\n}`,
      errors: [floating("make()")],
      valid: `${runtime}export function run(context: ActivationContext) {\n  return { a: make() };\n}`,
    },
    {
      name: "a stored outcome of several, but not a stored task, which is for no-detached-task",
      invalid: `${runtime}declare const ready: boolean;\nexport function run(context: ActivationContext) {\n  const «unread» = ready ? make() : undefined;\n}`,
      errors: [unused("unread", "ready ? make() : undefined")],
      valid: `${runtime}export function run(context: ActivationContext) {\n  const unread = make();\n  let other;\n  other = make();\n}`,
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
      name: "without checkUnused an array, but neither an object nor an unread variable",
      options: [{ checkUnused: false }],
      invalid: "«[make()];»",
      errors: [floatingArray("[make()]")],
      valid: "({ a: make() });\n[[make()]];\nconst unread = make();\nlet late;\nlate = make();",
    },
    {
      name: "with ignoreIIFE a call that is none",
      options: [{ ignoreIIFE: true }],
      invalid: "export function run() {\n  «make();»\n}",
      errors: [floating("make()")],
      valid: "export function run() {\n  (async () => {})();\n  const unread = (async () => {})();\n}",
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
