import { describe } from "vitest";
import { testRule, withHead } from "../rule-tester.js";

const reaches = (...path: string[]) => ({
  messageId: "reaches",
  data: {
    path: [...path, "readJson", "fs.readFileSync"].join(" → "),
    advice: "`readFile` from `node:fs/promises`",
  },
});

const head = `import { parseJson, readJson } from "../../files/read.js";\n`;
const reader = `class Reader {\n  get text() {\n    return readJson("a");\n  }\n  get size() {\n    return 1;\n  }\n}\n`;
const decorator = `function read(_value: unknown, _context: DecoratorContext): void {\n  readJson("a");\n}\nfunction plain(_value: unknown, _context: DecoratorContext): void {}\n`;
const lock = (name: string, code: string) => `class Lock {\n  [${name}]() {\n    ${code}\n  }\n}\n`;
const numbers = `function* numbers() {\n  yield 1;\n  yield readJson("a");\n}\n`;
const list = (code: string) => `class List {\n  *[Symbol.iterator]() {\n    yield ${code};\n  }\n}\n`;

describe("a getter that is taken apart", () => {
  testRule(
    "no-sync-io",
    withHead(head + reader, [
      {
        name: "one of a variable's value",
        invalid: "export async function run(it: Reader) {\n  const { «text» } = it;\n  return text;\n}",
        errors: [reaches("Reader.text")],
        valid: "export async function run(it: Reader) {\n  const { size } = it;\n  return size;\n}",
      },
      {
        name: "one under another name, in quotes, within another pattern",
        invalid: `export async function run(its: Record<"it", Reader>) {\n  const { it: { «"text": all» } } = its;\n  return all;\n}`,
        errors: [reaches("Reader.text")],
        valid: `export async function run(its: Record<"it", Reader>) {\n  const { it: { "size": text } } = its;\n  return text;\n}`,
      },
      {
        name: "one of a parameter that may be missing",
        invalid: "export async function run({ «text» }: Reader | { text: 1 } = { text: 1 }) {\n  return text;\n}",
        errors: [reaches("Reader.text")],
        valid: "export async function run({ text }: { text: 1 } = { text: 1 }) {\n  return text;\n}",
      },
      {
        name: "one of an object literal and of an heir",
        invalid: `class Heir extends Reader {}\nconst it = { get text() { return readJson("b"); } };\nexport async function run(heir: Heir) {\n  const { «text» } = heir, { «text: other» } = it;\n  return [text, other];\n}`,
        errors: [reaches("Reader.text"), reaches("it.text")],
        valid: `class Heir extends Reader {}\nconst it = { text: 1, get size() { return readJson("b"); } };\nexport async function run({ ...heir }: Heir) {\n  const { text, ...rest } = it;\n  return [text, rest, heir];\n}`,
      },
    ]),
  );
});

describe("a function by another way than its call", () => {
  testRule(
    "no-sync-io",
    withHead(head, [
      {
        name: "one that is bound, and called at once",
        invalid: `export async function run() {\n  «readJson.bind(null)("a")»;\n  «readJson.bind(null, "a")()»;\n}`,
        errors: [reaches(), reaches()],
        valid: `export async function run() {\n  parseJson.bind(null)("a");\n  return readJson.bind(null, "a");\n}`,
      },
      {
        name: "one that is bound, and held by a constant",
        invalid: `const read = readJson.bind(null, "a");\nexport async function run() {\n  «read()»;\n}`,
        errors: [reaches()],
        valid: `const read = parseJson.bind(null, "a");\nexport async function run() {\n  read();\n}`,
      },
      {
        name: "one that is bound, and given to map",
        invalid: `export async function run() {\n  «[1].map(readJson.bind(null, "a"))»;\n}`,
        errors: [reaches()],
        valid: `export async function run() {\n  [1].map(parseJson.bind(null, "a"));\n}`,
      },
      {
        name: "one that is bound by Function's method, not by one of the user's own",
        invalid: `const sql = { run: readJson };\nexport async function run() {\n  «sql.run.bind(sql, "a")()»;\n}`,
        errors: [reaches()],
        valid: `class Sql {\n  text = readJson("a");\n  bind(_value: number) {\n    return () => 1;\n  }\n}\nexport async function run(sql: Sql) {\n  sql.bind(1)();\n  [1].map(sql.bind(1));\n}`,
      },
      {
        name: "one by call and apply",
        invalid: `export async function run() {\n  «readJson.call(null, "a")»;\n  «readJson.apply(null, ["a"])»;\n}`,
        errors: [reaches(), reaches()],
        valid: `export async function run() {\n  parseJson.call(null, "a");\n  parseJson.apply(null, ["a"]);\n}`,
      },
      {
        name: "one of two that a constant holds",
        invalid: `export async function run(mayRead: boolean) {\n  const get = mayRead ? readJson : Number;\n  «get("a")»;\n}`,
        errors: [reaches()],
        valid: `export async function run(mayRead: boolean) {\n  const get = mayRead ? parseJson : Number;\n  get("a");\n}`,
      },
      {
        name: "one out of a Map, an array and an object",
        invalid: `const map = new Map([["a", readJson]]);\nconst array = [readJson];\nconst object = { read: readJson, plain: parseJson };\nexport async function run() {\n  «map.get("a")?.("a")»;\n  «array[0]!("a")»;\n  for (const read of array) «read("a")»;\n  «object.read("a")»;\n}`,
        errors: [reaches(), reaches(), reaches(), reaches()],
        valid: `const map = new Map([["a", parseJson]]);\nconst array = [parseJson];\nconst object = { read: readJson, plain: parseJson };\nexport async function run() {\n  map.get("a")?.("a");\n  array[0]!("a");\n  for (const read of array) read("a");\n  object.plain("a");\n}`,
      },
      {
        name: "one that Object's functions are given, only where it is called, too",
        invalid: `const named = (task: () => unknown) => {\n  Object.assign(task, { title: "a" });\n  task();\n};\nexport async function run() {\n  named(() => «readJson("a")»);\n}`,
        errors: [reaches()],
        valid: `const named = (task: () => unknown) => Object.assign(task, { title: "a" });\nconst hidden = (task: () => unknown) => Object.defineProperty(task, "title", { value: "a" });\nconst both = (task: () => unknown) => Object.defineProperties(Object.freeze(task), {});\nexport async function run() {\n  named(() => readJson("a"));\n  hidden(() => readJson("a"));\n  both(() => readJson("a"));\n}`,
      },
    ]),
  );
});

describe("a decorator", () => {
  testRule(
    "no-sync-io",
    withHead(head + decorator, [
      {
        name: "one of a class and of its members, when the class is made",
        invalid:
          "export async function run() {\n  «@read» class Made {\n    «@read» go() {}\n    «@read» field = 1;\n    «@read» static field = 1;\n  }\n  return Made;\n}",
        errors: [reaches("read"), reaches("read"), reaches("read"), reaches("read")],
        valid:
          "export async function run() {\n  @plain class Made {\n    @plain go() {}\n    @plain field = 1;\n  }\n  return Made;\n}",
      },
      {
        name: "one that a function gives, and that function",
        invalid: `const make = (name: string) => {\n  readJson(name);\n  return plain;\n};\nconst wrap = (_name: string) => read;\nexport async function run() {\n  @«make("a")» class Made {\n    «@wrap("a")» go() {}\n  }\n  return Made;\n}`,
        errors: [reaches("make"), reaches("read")],
        valid: `const make = (_name: string) => plain;\nexport async function run() {\n  @make("a") class Made {\n    @make("a") go() {}\n  }\n  return Made;\n}`,
      },
      {
        name: "one where the class is made, not where its method is called",
        invalid: `class Made {\n  @plain go() {\n    return readJson("a");\n  }\n}\nexport async function run(it: Made) {\n  «it.go()»;\n}`,
        errors: [reaches("Made.go")],
        valid: `class Made {\n  @read go() {}\n  @read field = 1;\n  [String(readJson("a"))]() {}\n}\nexport async function run(it: Made) {\n  it.go();\n  new Made();\n}`,
      },
      {
        name: "one, and a computed name, when the class or the object is made",
        invalid:
          'export async function run() {\n  class Made {\n    [String(«readJson("a")»)]() {}\n    [String(«readJson("b")»)] = 1;\n  }\n  return [Made, { [String(«readJson("c")»)]() {} }];\n}',
        errors: [reaches(), reaches(), reaches()],
        valid:
          'export async function run() {\n  class Made {\n    [String(parseJson("a"))]() {}\n  }\n  return [Made, { [String(parseJson("c"))]() {} }];\n}',
      },
    ]),
  );
});

describe("using", () => {
  testRule(
    "no-sync-io",
    withHead(head, [
      {
        name: "an object whose disposal blocks",
        invalid: `${lock("Symbol.dispose", 'readJson("a");')}export async function run() {\n  using «lock = new Lock()»;\n  return lock;\n}`,
        errors: [reaches("Lock.[Symbol.dispose]")],
        valid: `${lock("Symbol.dispose", 'readJson("a");')}export async function run() {\n  const lock = new Lock();\n  return lock;\n}`,
      },
      {
        name: "an object that a function makes, and one after the other",
        invalid: `${lock("Symbol.dispose", 'readJson("a");')}const make = () => ({ [Symbol.dispose]: () => void readJson("a") });\nexport async function run(locks: Lock[]) {\n  using «lock = make()»;\n  for (using «each» of locks) console.log(lock, each);\n}`,
        errors: [reaches("make().[Symbol.dispose]"), reaches("Lock.[Symbol.dispose]")],
        valid: `${lock("Symbol.dispose", "return;")}const make = () => ({ [Symbol.dispose]: () => void 1, other: () => void readJson("a") });\nexport async function run(locks: Lock[]) {\n  using lock = make();\n  for (using each of locks) console.log(lock, each);\n}`,
      },
      {
        name: "await using, which prefers the asynchronous disposal",
        invalid: `class Lock {\n  [Symbol.asyncDispose]() {\n    readJson("a");\n    return Promise.resolve();\n  }\n  [Symbol.dispose]() {}\n}\nexport async function run() {\n  await using «lock = new Lock()»;\n  return lock;\n}`,
        errors: [reaches("Lock.[Symbol.asyncDispose]")],
        valid: `class Lock {\n  async [Symbol.asyncDispose]() {}\n  [Symbol.dispose]() {\n    readJson("a");\n  }\n}\nexport async function run() {\n  await using lock = new Lock();\n  return lock;\n}`,
      },
      {
        name: "await using, which takes the other disposal where there is no asynchronous one",
        invalid: `${lock("Symbol.dispose", 'readJson("a");')}export async function run() {\n  await using «lock = new Lock()»;\n  return lock;\n}`,
        errors: [reaches("Lock.[Symbol.dispose]")],
        valid: `class Lock {\n  [Symbol.dispose]() {}\n  [Symbol.asyncDispose]() {\n    return Promise.resolve(readJson("a")).then(() => {});\n  }\n}\nexport async function run() {\n  using lock = new Lock();\n  return lock;\n}`,
      },
      {
        name: "an implementation of a disposable interface of the workspace",
        invalid: `interface Held extends Disposable {\n  id: number;\n}\nexport class Lock implements Held {\n  id = 1;\n  [Symbol.dispose]() {\n    readJson("a");\n  }\n}\nexport async function run(make: () => Held) {\n  using «held = make()»;\n  return held.id;\n}`,
        errors: [reaches("Lock.[Symbol.dispose]")],
        valid: `interface Held extends Disposable {\n  id: number;\n}\nexport class Lock implements Disposable {\n  [Symbol.dispose]() {\n    readJson("a");\n  }\n}\nexport async function run(make: () => Held) {\n  using held = make();\n  return held.id;\n}`,
      },
    ]),
  );
});

describe("taking from a generator", () => {
  testRule(
    "no-sync-io",
    withHead(head + numbers, [
      {
        name: "one by a loop, a spread, a pattern and next",
        invalid:
          "export async function run() {\n  for (const one of «numbers()») console.log(one);\n  const all = [...«numbers()»];\n  const [first] = «numbers()»;\n  return [all, first, «numbers()».next()];\n}",
        errors: [reaches("numbers"), reaches("numbers"), reaches("numbers"), reaches("numbers")],
        valid:
          "export async function run() {\n  const made = numbers();\n  const held = { made, more: numbers() };\n  return held;\n}",
      },
      {
        name: "one by yield* and by another function",
        invalid:
          "function* more() {\n  yield* numbers();\n}\nexport async function run() {\n  console.log(...«more()»);\n  return Array.from(«numbers()»);\n}",
        errors: [reaches("more", "numbers"), reaches("numbers")],
        valid:
          "function* more() {\n  yield 1;\n}\nexport async function run() {\n  console.log(...more());\n  return Array.from(more());\n}",
      },
      {
        name: "one that is synchronous, by for await",
        invalid: "export async function run() {\n  for await (const one of «numbers()») console.log(one);\n}",
        errors: [reaches("numbers")],
        valid:
          "async function* later() {\n  yield 1;\n}\nexport async function run() {\n  for await (const one of later()) console.log(one);\n}",
      },
      {
        name: "one that is a class's own iterator",
        invalid: `${list('readJson("a")')}export async function run(list: List) {\n  for (const one of «list») console.log(one);\n  const [first] = «list»;\n  return [...«list», first];\n}\nexport function* rest(list: List) {\n  yield* list;\n}\nexport async function all(list: List) {\n  return [...«rest(list)»];\n}`,
        errors: [
          reaches("List.[Symbol.iterator]"),
          reaches("List.[Symbol.iterator]"),
          reaches("List.[Symbol.iterator]"),
          reaches("rest", "List.[Symbol.iterator]"),
        ],
        valid: `${list('parseJson("a")')}export async function run(list: List) {\n  for (const one of list) console.log(one);\n  const [first] = list;\n  return [...list, first];\n}`,
      },
      {
        name: "one that is a class's own iterator, which for await takes only without an asynchronous one",
        invalid: `${list('readJson("a")')}export async function run(list: List) {\n  for await (const one of «list») console.log(one);\n}`,
        errors: [reaches("List.[Symbol.iterator]")],
        valid: `class List {\n  *[Symbol.iterator]() {\n    yield readJson("a");\n  }\n  async *[Symbol.asyncIterator]() {\n    yield 1;\n  }\n}\nexport async function run(list: List) {\n  for await (const one of list) console.log(one);\n}`,
      },
    ]),
  );
});

describe("a path", () => {
  testRule(
    "no-sync-io",
    withHead(head, [
      {
        name: "one by the shortest of several ways",
        invalid: `const long = () => between();\nconst between = () => readJson("a");\nconst short = () => readJson("b");\nconst top = () => [long(), short()];\nexport async function run() {\n  «top()»;\n}`,
        errors: [reaches("top", "short")],
        valid: `const long = () => between();\nconst between = () => parseJson("a");\nconst short = () => parseJson("b");\nconst top = () => [long(), short()];\nexport async function run() {\n  top();\n}`,
      },
      {
        name: "one by the shortest way, also where another call found a longer one before",
        invalid: `const far = () => near();\nconst near = () => readJson("a");\nconst both = () => (far(), near());\nexport async function run() {\n  «far()»;\n  «both()»;\n}`,
        errors: [reaches("far", "near"), reaches("both", "near")],
        valid: `const far = () => near();\nconst near = () => parseJson("a");\nexport async function run() {\n  far();\n}`,
      },
      {
        name: "one through overrides that call each other in a circle",
        invalid: `abstract class Node {\n  abstract visit(other: Node): unknown;\n}\nclass Branch extends Node {\n  visit(other: Node) {\n    return other.visit(this);\n  }\n}\nclass Leaf extends Node {\n  visit(other: Node): unknown {\n    return other instanceof Leaf ? readJson("a") : other.visit(this);\n  }\n}\nexport async function run(node: Branch, leaf: Leaf) {\n  «node.visit(leaf)»;\n}`,
        errors: [reaches("Branch.visit", "Leaf.visit")],
        valid: `abstract class Node {\n  abstract visit(other: Node): unknown;\n}\nclass Branch extends Node {\n  visit(other: Node) {\n    return other.visit(this);\n  }\n}\nclass Leaf extends Node {\n  visit(other: Node): unknown {\n    return other.visit(this);\n  }\n}\nexport async function run(node: Branch, leaf: Leaf) {\n  node.visit(leaf);\n}`,
      },
      {
        name: "one with the object that a method is of, a class without a name and a static block",
        invalid: `const files = { load: () => readJson("a"), read() { return readJson("b"); } };\nconst Made = class {\n  load() {\n    return readJson("c");\n  }\n};\nexport async function run() {\n  class Static {\n    static {\n      «readJson("d")»;\n    }\n  }\n  return [«files.load()», «files.read()», «new Made().load()», Static];\n}`,
        errors: [reaches(), reaches("files.load"), reaches("files.read"), reaches("Made.load")],
        valid: `const files = { load: () => parseJson("a"), read: () => readJson("b") };\nexport async function run() {\n  class Static {\n    static {\n      parseJson("d");\n    }\n  }\n  return [files.load(), files.read, Static];\n}`,
      },
    ]),
  );
});
