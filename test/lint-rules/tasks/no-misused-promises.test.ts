import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const head = "declare const make: () => Promise<number>;\n";

function testPairs(pairs: readonly Pair[]): void {
  testRule("no-misused-promises", withHead(head, pairs));
}

/** An error at an expression, with what the suggestion makes of the code, where there is one. */
const at = (messageId: string, expression: string, output?: string) => ({
  messageId,
  data: { expression },
  suggestions: output === undefined ? [] : [{ messageId: "addAwait", output }],
});
const dropped = (messageId: string, name: string) => ({ messageId, data: { name } });

describe("a promise as a condition", () => {
  testPairs([
    {
      name: "the test of an if, and suggests to await it",
      invalid: "if («make()») {}",
      errors: [at("conditional", "make()", "if (await make()) {}")],
      valid: "if (await make()) {}",
    },
    {
      name: "the test of a loop in a synchronous function, without a suggestion",
      invalid: "export function run() {\n  while («make()») {}\n  do {} while («make()»);\n  for (; «make()»; ) {}\n}",
      errors: [at("conditional", "make()"), at("conditional", "make()"), at("conditional", "make()")],
      valid: "export function run() {\n  while (make) {}\n  do {} while (make);\n  for (; make; ) {}\n}",
    },
    {
      name: "the default of a parameter, where nothing can be awaited",
      invalid: "export async function run(value = «make()» ? 1 : 2) {\n  return value;\n}",
      errors: [at("conditional", "make()")],
      valid: "export async function run(value = 1) {\n  return (await make()) ? value : 2;\n}",
    },
    {
      name: "the operand of a negation",
      invalid: "export const none = !«make()»;",
      errors: [at("conditional", "make()", "export const none = !await make();")],
      valid: "export const none = !(await make());",
    },
    {
      name: "the left side of && and ||, of which the right side is a value",
      invalid: "export const value = «make()» && make();",
      errors: [at("conditional", "make()", "export const value = await make() && make();")],
      valid: "export const value = (await make()) && make();",
    },
    {
      name: "both sides of && in a test",
      invalid: "export const value = «make()» && «make()» ? 1 : 2;",
      errors: [
        at("conditional", "make()", "export const value = await make() && make() ? 1 : 2;"),
        at("conditional", "make()", "export const value = make() && await make() ? 1 : 2;"),
      ],
      valid: "export const value = (make() ?? 1) as unknown as boolean;",
    },
    {
      name: "any object with a then",
      invalid: "declare const query: { then(done: (rows: string[]) => void): void };\nif («query») {}",
      errors: [
        at(
          "conditional",
          "query",
          "declare const query: { then(done: (rows: string[]) => void): void };\nif (await query) {}",
        ),
      ],
      valid: "declare const query: { then: string };\nif (query) {}",
    },
    {
      name: "a type parameter that stands for one",
      invalid: "export function run<T extends Promise<number>>(value: T) {\n  if («value») {}\n}",
      errors: [at("conditional", "value")],
      valid: "export function run<T extends Promise<number> | undefined>(value: T) {\n  if (value) {}\n}",
    },
    {
      name: "with flagUnions a union with the type it resolves to",
      options: [{ checksConditionals: { flagUnions: "strict" } }],
      invalid: "export function run(value: number | Promise<number>) {\n  if («value») {}\n}",
      errors: [at("conditional", "value")],
      valid: "export function run(value: string | Promise<number>) {\n  if (value) {}\n}",
    },
    {
      name: "with all unions any with a promise",
      options: [{ checksConditionals: { flagUnions: "all" } }],
      invalid: "export function run(value: string | Promise<number>) {\n  if («value») {}\n}",
      errors: [at("conditional", "value")],
      valid: "export function run(value: string | number) {\n  if (value) {}\n}",
    },
  ]);
});

describe("a promise as a value", () => {
  testPairs([
    {
      name: "one that is spread into an object",
      invalid: "export const value = { ...«make()» };",
      errors: [at("spread", "make()", "export const value = { ...await make() };")],
      valid: "export const value = { ...(await make()) };",
    },
    {
      name: "one that may be spread",
      invalid: "declare const ready: boolean;\nexport const value = { ...(«ready && make()») };",
      errors: [
        at(
          "spread",
          "ready && make()",
          "declare const ready: boolean;\nexport const value = { ...(await (ready && make())) };",
        ),
      ],
      valid: "declare const ready: boolean;\nexport const value = { ...(ready && (await make())) };",
    },
    {
      name: "one in a template string",
      invalid: "export const text = `a ${«make()»} b ${1}`;",
      errors: [at("template", "make()", "export const text = `a ${await make()} b ${1}`;")],
      valid: "declare const sql: (parts: TemplateStringsArray, value: unknown) => string;\nsql`a ${make()}`;",
    },
    {
      name: "one that may be in a template string",
      invalid: "declare const maybe: Promise<number> | undefined;\nexport const text = `${«maybe»}`;",
      errors: [
        at(
          "template",
          "maybe",
          "declare const maybe: Promise<number> | undefined;\nexport const text = `${await maybe}`;",
        ),
      ],
      valid: "declare const query: PromiseLike<number> & { toString(): string };\nexport const text = `${query}`;",
    },
    {
      name: "an instance of a subclass in a template string, unless it has a text of its own",
      invalid: "class Task extends Promise<number> {}\nexport const text = (task: Task) => `${«task»}`;",
      errors: [at("template", "task")],
      valid:
        "class Task extends Promise<number> {\n  override toString() {\n    return 'task';\n  }\n}\n" +
        "export const text = (task: Task) => `${task}`;",
    },
    {
      name: "not what an option turns off",
      options: [{ checksSpreads: false, checksTemplates: false }],
      invalid: "export const text = `${make()}`;\nexport const value = «make()» ? { ...make() } : 1;",
      errors: [
        at(
          "conditional",
          "make()",
          "export const text = `${make()}`;\nexport const value = await make() ? { ...make() } : 1;",
        ),
      ],
      valid: "export const text = `${make()}`;\nexport const value = { ...make() };",
    },
  ]);
});

describe("a callback that decides", () => {
  testPairs([
    {
      name: "that of filter and its like",
      invalid: "[1].filter(«async () => true»);\n[1].some(«make»);",
      errors: [dropped("predicate", "[1].filter"), dropped("predicate", "[1].some")],
      valid: "[1].filter(() => true);\n[1].map(async () => true);",
    },
    {
      name: "that of a method by a constant name",
      invalid: 'const method = "find";\n[1]?.[method](«make»);',
      errors: [dropped("predicate", "[1]?.[method]")],
      valid: 'const method = "map";\n[1]?.[method](make);',
    },
    {
      name: "a method handed over, once",
      invalid: "declare const client: { ping(): Promise<boolean> };\n[1].every(«client.ping»);",
      errors: [dropped("predicate", "[1].every")],
      valid: "declare const client: { ping(): boolean };\n[1].every(client.ping);",
    },
    {
      name: "that of a typed array",
      invalid: "new Uint8Array().filter(«async () => true»);",
      errors: [dropped("predicate", "new Uint8Array().filter")],
      valid:
        "class Own {\n  filter(callback: () => unknown) {\n    return callback();\n  }\n}\n" +
        "new Own().filter(async () => true);",
    },
    {
      name: "a comparator",
      invalid: "[1].sort(«async () => 1»);\n[1].toSorted(«make»);",
      errors: [dropped("comparator", "[1].sort"), dropped("comparator", "[1].toSorted")],
      valid: "[1].sort((one, other) => one - other);",
    },
  ]);
});

describe("a function whose promise is dropped", () => {
  testPairs([
    {
      name: "an argument, whatever gives the promise",
      invalid: "setTimeout(«async () => {}»);\nsetTimeout(«make»);\nsetTimeout(«() => make()»);",
      errors: [
        dropped("voidReturnArgument", "setTimeout"),
        dropped("voidReturnArgument", "setTimeout"),
        dropped("voidReturnArgument", "setTimeout"),
      ],
      valid: "setTimeout(() => {\n  make().catch(console.error);\n});\nsetTimeout(() => void make());",
    },
    {
      name: "an argument by an alias, a destructured name and element access",
      invalid:
        'const later = setTimeout;\nconst { queueMicrotask: soon } = globalThis;\nlater(«make»);\nsoon(«make»);\n[1]["forEach"](«make»);',
      errors: [
        dropped("voidReturnArgument", "later"),
        dropped("voidReturnArgument", "soon"),
        dropped("voidReturnArgument", '[1]["forEach"]'),
      ],
      valid: 'const later = (callback: () => unknown) => callback();\nlater(make);\n[1]["map"](make);',
    },
    {
      name: "not a generator, which does nothing by itself",
      invalid: "setTimeout(«async () => {}»);",
      errors: [dropped("voidReturnArgument", "setTimeout")],
      valid: "setTimeout(async function* () {});\nsetTimeout(function* () {\n  return make();\n});",
    },
    {
      name: "not where the type asks for a result of another kind",
      invalid: "declare function take(callback: () => void | undefined): void;\nsetTimeout(«make»);\ntake(make);",
      errors: [dropped("voidReturnArgument", "setTimeout")],
      valid: "declare function take(callback: () => undefined): void;\ntake(make);",
    },
    {
      name: "an argument of a constructor",
      invalid: "export const done = new Promise(«async (resolve) => resolve(1)»);",
      errors: [dropped("voidReturnArgument", "Promise")],
      valid: "export const done = new Promise((resolve) => resolve(1));",
    },
    {
      name: "the listener of an event",
      invalid: 'process.on("SIGTERM", «async () => {}»);',
      errors: [dropped("voidReturnArgument", "process.on")],
      valid: 'process.on("SIGTERM", () => {});',
    },
    {
      name: "an argument where no overload takes a promise",
      invalid:
        "declare function each(callback: () => number): void;\ndeclare function each(callback: () => void): void;\neach(«async () => {}»);",
      errors: [dropped("voidReturnArgument", "each")],
      valid:
        "declare function each(callback: () => void): void;\ndeclare function each(callback: () => Promise<void>): void;\neach(async () => {});",
    },
    {
      name: "an argument by what a type parameter stands for",
      invalid: "declare function use<T extends () => unknown>(callback: T): T;\nuse<() => void>(«make»);",
      errors: [dropped("voidReturnArgument", "use")],
      valid: "declare function use<T extends () => unknown>(callback: T): T;\nuse(make);",
    },
    {
      name: "arguments of a rest parameter, also spread ones",
      invalid: "declare function all(...callbacks: (() => void)[]): void;\nall(«make», () => {}, «...[make]»);",
      errors: [dropped("voidReturnArgument", "all"), dropped("voidReturnArgument", "all")],
      valid: "declare function all(...callbacks: (() => Promise<number>)[]): void;\nall(make, ...[make]);",
    },
    {
      name: "an argument of an optional call",
      invalid: "declare const run: ((callback: () => void) => void) | undefined;\nrun?.(«make»);",
      errors: [dropped("voidReturnArgument", "run")],
      valid: "declare const run: ((callback: () => void | Promise<number>) => void) | undefined;\nrun?.(make);",
    },
    {
      name: "the argument of a method named finally that is not a promise's",
      invalid: "declare const own: { finally(callback: () => void): void };\nown.finally(«make»);",
      errors: [dropped("voidReturnArgument", "own.finally")],
      valid: 'const method = "finally";\nvoid make().finally(make);\nvoid make()[method](make);',
    },
    {
      name: "a variable and an assignment",
      invalid: "let callback: () => void = «make»;\ncallback = «async () => {}»;\ncallback();",
      errors: [dropped("voidReturnVariable", "callback"), dropped("voidReturnVariable", "callback")],
      valid: "let callback: () => Promise<number> = make;\ncallback = async () => 1;\nvoid callback();",
    },
    {
      name: "a property, at its head or at the type it returns",
      invalid:
        "interface Hooks {\n  start: () => void;\n  stop(): void;\n  make: () => void;\n}\n" +
        "export const hooks: Hooks = {\n  «start: async »() => {},\n  async stop(): «Promise<void>» {},\n  «make»,\n};",
      errors: [
        dropped("voidReturnProperty", "start"),
        dropped("voidReturnProperty", "stop"),
        dropped("voidReturnProperty", "make"),
      ],
      valid:
        "interface Hooks {\n  start: () => Promise<void>;\n  stop(): void | Promise<void>;\n  make: typeof make;\n}\n" +
        "export const hooks: Hooks = {\n  start: async () => {},\n  async stop(): Promise<void> {},\n  make,\n};",
    },
    {
      name: "a returned function",
      invalid: "export function run(): () => void {\n  return «make»;\n}",
      errors: [dropped("voidReturnReturnValue", "make")],
      valid: "export function run() {\n  return make;\n}",
    },
    {
      name: "a function returned where the type comes from outside",
      invalid: "export const run: () => () => void = () => {\n  return «make»;\n};",
      errors: [dropped("voidReturnReturnValue", "make")],
      valid: "export const run: () => () => unknown = () => {\n  return make;\n};",
    },
    {
      name: "an attribute",
      file: "modules/billing/linted.tsx",
      invalid:
        "declare const Button: (props: { onClick: () => void }) => null;\nexport const button = <Button onClick=«{make}» />;",
      errors: [dropped("voidReturnAttribute", "onClick")],
      valid:
        "declare const Button: (props: { onClick: () => unknown }) => null;\nexport const button = <Button onClick={make} />;",
    },
    {
      name: "a handler of events that may return anything by its type",
      invalid: "export const listen = (signal: AbortSignal) => {\n  signal.onabort = «async () => {}»;\n};",
      errors: [dropped("handler", "signal.onabort")],
      valid: "export const listen = (signal: { onabort: () => any }) => {\n  signal.onabort = async () => {};\n};",
    },
    {
      name: "a handler, and no other function of the platform that may return anything",
      invalid: "export const listen = (signal: AbortSignal) => {\n  signal.onabort = «make»;\n};",
      errors: [dropped("handler", "signal.onabort")],
      valid: "JSON.parse = make;",
    },
    {
      name: "an object that `using` disposes of",
      invalid: "export function run() {\n  using held = «{ async [Symbol.dispose]() {} }»;\n  return String(held);\n}",
      errors: [dropped("voidReturnVariable", "[Symbol.dispose]")],
      valid:
        "export async function run() {\n  await using held = { async [Symbol.asyncDispose]() {} };\n  return String(held);\n}",
    },
    {
      name: "an object whose declared type is disposed of at once",
      invalid: "class Held {\n  async [Symbol.dispose]() {}\n}\nexport const held: Disposable = «new Held()»;",
      errors: [dropped("voidReturnVariable", "[Symbol.dispose]")],
      valid: "class Held {\n  [Symbol.dispose]() {}\n}\nexport const held: Disposable = new Held();",
    },
    {
      name: "nothing where types do not resolve, beside what does",
      invalid: 'import { lost } from "./lost.js";\nlost(make);\nlost.each(async () => {});\n[1].forEach(«make»);',
      errors: [dropped("voidReturnArgument", "[1].forEach")],
      valid: 'import { lost } from "./lost.js";\nif (lost) lost(make, ...lost, `${lost}`);',
    },
  ]);
});

describe("a method whose promise callers of the type above drop", () => {
  const above = (heritageTypeName: string) => ({ messageId: "voidReturnInheritedMethod", data: { heritageTypeName } });
  testPairs([
    {
      name: "one of a class, also behind a decorator and as a field",
      invalid:
        "declare const mark: any;\nabstract class Base {\n  abstract run(): void;\n  stop() {}\n}\n" +
        "export class Heir extends Base {\n  «@mark async run() {}»\n  «stop = async () => {};»\n}",
      errors: [above("Base"), above("Base")],
      valid:
        "declare const mark: any;\nabstract class Base {\n  abstract run(): unknown;\n  stop() {}\n}\n" +
        "export class Heir extends Base {\n  @mark async run() {}\n  static async stop() {}\n}",
    },
    {
      name: "one of an interface, once for each",
      invalid:
        "interface Runs {\n  run(): void;\n}\ninterface RunsToo {\n  run(): void;\n}\n" +
        "export class Runner implements Runs, RunsToo {\n  «async run() {}»\n}".replace("«", "««").replace("»", "»»"),
      errors: [above("Runs"), above("RunsToo")],
      valid:
        "interface Runs {\n  run(): void | Promise<void>;\n}\n" +
        "export class Runner implements Runs {\n  async run() {}\n}",
    },
    {
      name: "one that an interface redefines",
      invalid:
        "interface Runs {\n  run(): void;\n}\nexport interface Waits extends Runs {\n  «run(): Promise<void>;»\n}",
      errors: [above("Runs")],
      valid: "interface Runs {\n  run(): void;\n}\nexport interface Waits extends Runs {\n  wait(): Promise<void>;\n}",
    },
    {
      name: "one by what is written above, not by what a type parameter stands for",
      invalid:
        "class Base<T> {\n  run(): void {}\n  make(): T {\n    throw new Error();\n  }\n}\n" +
        "export class Heir extends Base<void> {\n  «async run() {}»\n  async make() {}\n}",
      errors: [above("Base<void>")],
      valid:
        "class Base<T> {\n  make(): T {\n    throw new Error();\n  }\n}\n" +
        "export class Heir extends Base<Promise<void>> {\n  override async make() {}\n}",
    },
    {
      name: "one of merged declarations",
      invalid:
        "interface Base {\n  run(): void;\n}\nclass Base {}\nexport class Heir extends Base {\n  «async run() {}»\n}",
      errors: [above("Base")],
      valid: "class Base {}\nexport class Heir extends Base {\n  async run() {}\n}",
    },
  ]);
});

describe("options for dropped promises", () => {
  const code =
    "interface Base {\n  run(): void;\n}\nclass Heir implements Base {\n  «async run() {}»\n}\n" +
    "export function all(): () => void {\n  setTimeout(«make»);\n  const run: () => void = «make»;\n" +
    "  const base: Base = { run: «make» };\n  return [run, base, Heir] ? «make» : make;\n}";
  const errors = {
    inheritedMethods: { messageId: "voidReturnInheritedMethod", data: { heritageTypeName: "Base" } },
    arguments: dropped("voidReturnArgument", "setTimeout"),
    variables: dropped("voidReturnVariable", "run"),
    properties: dropped("voidReturnProperty", "run"),
    returns: dropped("voidReturnReturnValue", "[run, base, Heir] ? make : make"),
  };
  const marked = code.replace("return [run, base, Heir] ? «make» : make", "return «[run, base, Heir] ? make : make»");
  const parts = Object.keys(errors) as (keyof typeof errors)[];
  testPairs([
    {
      name: "all of them by default",
      invalid: marked,
      errors: Object.values(errors),
      valid: "export const none = make;",
    },
    ...parts.map((part, index): Pair => {
      let mark = -1;
      const others = marked.replace(/«([^»]*)»/g, (text, inner: string) => (++mark === index ? inner : text));
      return {
        name: `all but ${part}`,
        options: [{ checksVoidReturn: { [part]: false } }],
        invalid: others,
        errors: parts.filter((other) => other !== part).map((other) => errors[other]),
        valid: "export const none = make;",
      };
    }),
    {
      name: "none of them, and conditions all the same",
      options: [{ checksVoidReturn: false }],
      invalid: `${marked.replace(/[«»]/g, "")}\nif («make()») {}`,
      errors: [at("conditional", "make()", `${marked.replace(/[«»]/g, "")}\nif (await make()) {}`)],
      valid: marked.replace(/[«»]/g, ""),
    },
  ]);
});

describe("files of every kind", () => {
  const pair = { invalid: "[1].forEach(«async () => {}»);", errors: [dropped("voidReturnArgument", "[1].forEach")] };
  const valid = "[1].map(async () => {});";
  testRule("no-misused-promises", [
    { ...pair, valid, name: "one in JavaScript", file: "modules/billing/linted.js" },
    { ...pair, valid, name: "one in an ES module", file: "modules/billing/linted.mts" },
    { ...pair, valid, name: "one in a CommonJS module", file: "modules/billing/linted.cts" },
    { ...pair, valid, name: "one beside JSX", file: "modules/billing/linted.tsx" },
    { ...pair, valid, name: "one of no project", file: "../linted.ts" },
  ]);
});
