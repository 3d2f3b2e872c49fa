import { describe } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";

const head = `
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as dns from "node:dns";
import fs, { readFile as slurp } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
declare const load: (name?: string) => Promise<{ rates: number[]; json(): Promise<number>; "a-b": any }>;
declare const loadText: () => Promise<string>;
declare const use: (value: unknown) => void;
declare const isReady: boolean;
function parse(text: string) { return text.length; }
async function parseLater(text: string) { return text.length; }
`;

const chain = (start: string, methods = "`then`") => ({ messageId: "chain", data: { methods, start } });
const returned = (start: string, methods = "`then`") => ({ messageId: "returned", data: { methods, start } });
const withAwait = (start: string, output: string) => ({
  ...returned(start),
  suggestions: [{ messageId: "useAwait", data: { replacement: "await" }, output }],
});

function testPairs(pairs: readonly Pair[]): void {
  testRule("prefer-async-await", withHead(head, pairs));
}

/** The same with statements that stand in an async function. */
function testBodies(pairs: readonly Pair[]): void {
  const inFunction = (code: string) => `export async function run() { ${code} }`;
  testPairs(
    pairs.map((pair) => ({
      ...pair,
      invalid: inFunction(pair.invalid),
      valid: inFunction(pair.valid),
      ...(pair.output !== undefined && { output: inFunction(pair.output) }),
    })),
  );
}

describe("a chain in an async function", () => {
  testBodies([
    {
      name: "`then` that is awaited, and writes what its callback looks at first with `await`",
      invalid: "const { length } = await «load().then((answer) => answer.rates.map(String))»; use(length);",
      errors: [chain("load()")],
      output: "const { length } = (await load()).rates.map(String); use(length);",
      valid: "const { length } = (await load()).rates.map(String); use(length);",
    },
    {
      name: "a callback by its name",
      invalid: "use(await «loadText().then(parse)»); use(await «Promise.resolve(`a`).then(parse)»);",
      errors: [chain("loadText()"), chain("Promise.resolve(`a`)")],
      output: "use(parse(await loadText())); use(parse(await Promise.resolve(`a`)));",
      valid: "use(parse(await loadText()));",
    },
    {
      name: "a callback that gives a promise by itself",
      invalid:
        "use(await «loadText().then(parseLater)»); use(await «load().then((answer) => answer.json())»); return (await «load().then((answer) => answer[`a-b`])»).now;",
      errors: [chain("loadText()"), chain("load()"), chain("load()")],
      output:
        "use(await parseLater(await loadText())); use(await (await load()).json()); return (await (await load())[`a-b`]).now;",
      valid: "use(await parseLater(await loadText()));",
    },
    {
      name: "a callback that is imported",
      invalid: "use(await «loadText().then((text) => basename(text))»);",
      errors: [chain("loadText()")],
      output: "use(basename(await loadText()));",
      valid: "use(basename(await loadText()));",
    },
    {
      name: "a call of a function on the value",
      invalid:
        "use(await «loadText().then((text) => JSON.parse(text))» as object); use(await «loadText().then((text) => String(text))»);",
      errors: [chain("loadText()"), chain("loadText()")],
      output: "use(await JSON.parse(await loadText()) as object); use(String(await loadText()));",
      valid: "use(JSON.parse(await loadText()));",
    },
    {
      name: "an operator, with parentheses where it needs them",
      invalid:
        "const sum = 1 + (await «loadText().then((text) => text.length)») * await «loadText().then((text) => text ? 1 : 2)»; const is = await «loadText().then((text) => text === `a`)»; use([sum, is]);",
      errors: [chain("loadText()"), chain("loadText()"), chain("loadText()")],
      output:
        "const sum = 1 + ((await loadText()).length) * ((await loadText()) ? 1 : 2); const is = (await loadText()) === `a`; use([sum, is]);",
      valid: "const sum = 1 + (await loadText()).length; use(sum);",
    },
    {
      name: "a promise that needs parentheses to be awaited",
      invalid: "use(await «(isReady ? loadText() : loadText()).then((text) => text.length)»);",
      errors: [chain("isReady ? loadText() : loadText()")],
      output: "use((await (isReady ? loadText() : loadText())).length);",
      valid: "use((await (isReady ? loadText() : loadText())).length);",
    },
    {
      name: "a chain that is returned",
      invalid: "return «load().then(({ rates }) => rates)»;",
      errors: [chain("load()")],
      valid: "const { rates } = await load(); return rates;",
    },
    {
      name: "a chain that is returned, whose value needs no `await` of its own",
      invalid: "return «load().then((answer) => answer.json())»;",
      errors: [chain("load()")],
      output: "return (await load()).json();",
      valid: "return (await load()).json();",
    },
    {
      name: "a chain in an arrow function that is async",
      invalid: "use(async () => «loadText().then(parse)»);",
      errors: [chain("loadText()")],
      output: "use(async () => parse(await loadText()));",
      valid: "use(() => loadText().then(parse));",
    },
    {
      name: "several links",
      invalid: "use(await «load().then((answer) => answer.json()).catch(() => 0)»);",
      errors: [chain("load()", "`then` and `catch`")],
      valid: "use(await load().catch(() => 0));",
    },
    {
      name: "two links without `then`",
      invalid: "await «load().catch(use).finally(() => use(1))»;",
      errors: [chain("load()", "`catch` and `finally`")],
      valid: "await load().finally(() => use(1));",
    },
    {
      name: "the same method twice as one",
      invalid: "await «load().then(use).then(() => use(1))»;",
      errors: [chain("load()")],
      valid: "use(await load()); use(await load().then(use).then(use, use));",
    },
    {
      name: "a chain that is the last thing done",
      invalid: "use(1); «load().then((answer) => use(answer)).catch(use)»; function later() {}",
      errors: [chain("load()", "`then` and `catch`")],
      valid: "load().then((answer) => use(answer)).catch(use); use(1);",
    },
    {
      name: "a chain that is written with brackets",
      invalid: "await «load()[`then`]((answer) => use(answer))»;",
      errors: [chain("load()")],
      output: "use(await load());",
      valid: "const thens = { then: use }; await thens.then((answer: string) => use(answer));",
    },
  ]);
});

describe("a chain is not rewritten", () => {
  testBodies([
    {
      name: "a callback that looks at something else first",
      invalid:
        "use(await «loadText().then((text) => [1, text])»); use(await «loadText().then((text) => use([text]))»);",
      errors: [chain("loadText()"), chain("loadText()")],
      valid: "const text = await loadText(); use([1, text]);",
    },
    {
      name: "a callback that looks at the value twice, never, or is done with it",
      invalid:
        "use(await «loadText().then((text) => text + text)»); await «loadText().then(() => use(1))»; use(await «loadText().then((text) => text)»);",
      errors: [chain("loadText()"), chain("loadText()"), chain("loadText()")],
      valid: "const text = await loadText(); use(text + text);",
    },
    {
      name: "a callback that writes its parameter",
      invalid: "use(await «parseLater(``).then((count) => count++)»);",
      errors: [chain("parseLater(``)")],
      valid: "let count = await parseLater(``); use(count++);",
    },
    {
      name: "a function that may be another one by then",
      invalid:
        "let change = parse; use(await «loadText().then(change)»); use(await «loadText().then((text) => change(text))»); change = (text) => text.length;",
      errors: [chain("loadText()"), chain("loadText()")],
      valid: "let change = parse; const text = await loadText(); use(change(text));",
    },
    {
      name: "a function that was given, or that nothing is known of",
      invalid:
        "const pass = async (change: typeof parse) => await «loadText().then(change)»; use(pass); use(await «loadText().then((text) => unknown(text))»);",
      errors: [chain("loadText()"), chain("loadText()")],
      valid: "const pass = async (change: typeof parse) => change(await loadText()); use(pass);",
    },
    {
      name: "a method, which would not be asked for before the promise is there",
      invalid:
        "use(await «loadText().then((text) => fs.existsSync(text))»); use(await «loadText().then(fs.existsSync)»);",
      errors: [chain("loadText()"), chain("loadText()")],
      valid: "const text = await loadText(); use(fs.existsSync(text));",
    },
    {
      name: "a namespace of the file's own",
      invalid: "const JSON = { parse }; use(await «loadText().then((text) => JSON.parse(text))»);",
      errors: [chain("loadText()")],
      valid: "const JSON = { parse }; use(JSON.parse(await loadText()));",
    },
    {
      name: "what is no function, and so passes the value on",
      invalid: "const maybe = isReady ? parse : undefined; use(await «loadText().then(maybe)»);",
      errors: [chain("loadText()")],
      valid: "use(await loadText());",
    },
    {
      name: "a comment",
      invalid: "use(await «loadText().then((text) => /* cut */ text.length)»);",
      errors: [chain("loadText()")],
      valid: "use(/* cut */ (await loadText()).length);",
    },
    {
      name: "types that are written out",
      invalid:
        "use(await «loadText().then((text: string) => text.length)»); use(await «loadText().then<number>((text) => text.length)»); use(await «loadText().then((text): number => text.length)»);",
      errors: [chain("loadText()"), chain("loadText()"), chain("loadText()")],
      valid: "const text: string = await loadText(); use(text.length);",
    },
    {
      name: "a block, an async callback, another function or more than one parameter",
      invalid:
        "await «loadText().then((text) => { use(text); })»; use(await «loadText().then(async (text) => text.length)»); use(await «loadText().then(function (text) { return text; })»); use(await «loadText().then((text, ...rest) => text.at(rest.length))»); use(await «loadText().then(({ length }) => length)»);",
      errors: Array.from({ length: 5 }, () => chain("loadText()")),
      valid: "const text = await loadText(); use(text.at(0));",
    },
    {
      name: "a `return` in a `try`",
      invalid: "try { return «loadText().then(parse)»; } catch { use(1); }",
      errors: [chain("loadText()")],
      valid: "try { return parse(await loadText()); } finally { use(1); }",
    },
    {
      name: "a `return` beside something that is disposed of",
      invalid: "await using file = await fs.promises.open(``); use(file); return «loadText().then(parse)»;",
      errors: [chain("loadText()")],
      valid: "await using file = await fs.promises.open(``); use(file); return parse(await loadText());",
    },
    {
      name: "a parenthesis that would call what is before it",
      invalid: "const more = use\nawait «loadText().then((text) => text.length)»\nmore(1)",
      errors: [chain("loadText()")],
      valid: "const more = use\nawait loadText()\nmore(1)",
    },
    {
      name: "a promise of somebody's own",
      invalid:
        "class Own<T> extends Promise<T> {} const own = new Own<string>(() => {}); use(await «own.then((text) => text.length)»);",
      errors: [chain("own")],
      valid: "class Own<T> extends Promise<T> {} const own = new Own<string>(() => {}); use((await own).length);",
    },
  ]);
});

describe("a chain in another function", () => {
  testPairs([
    {
      name: "that it returns, and suggests to make it async",
      invalid: "export function read() { return «loadText().then(parse)»; }",
      errors: [withAwait("loadText()", "export async function read() { return parse(await loadText()); }")],
      valid: "export function read(): PromiseLike<number> { return loadText().then(parse); }",
    },
    {
      name: "that a method returns",
      invalid:
        "export class Rates { read() { return «loadText().then(parse)»; } static find() { return «loadText().then((text) => ({ text }))»; } }",
      errors: [
        withAwait(
          "loadText()",
          "export class Rates { async read() { return parse(await loadText()); } static find() { return loadText().then((text) => ({ text })); } }",
        ),
        returned("loadText()"),
      ],
      valid: "export class Rates { get text() { return loadText().then(parse); } }",
    },
    {
      name: "that a method of an object returns",
      invalid: "export const rates = { read() { return «loadText().then(parse)»; } };",
      errors: [withAwait("loadText()", "export const rates = { async read() { return parse(await loadText()); } };")],
      valid: "export const rates = { get text() { return loadText().then(parse); } };",
    },
    {
      name: "that a function expression or a constructed function returns",
      invalid: "export const read = function () { return «loadText().then(parse)»; };",
      errors: [withAwait("loadText()", "export const read = async function () { return parse(await loadText()); };")],
      valid: "export const read = function* () { return loadText().then(parse); };",
    },
    {
      name: "that it always returns",
      invalid: "export function read() { if (isReady) return parseLater(``); return «loadText().then(parse)»; }",
      errors: [
        withAwait(
          "loadText()",
          "export async function read() { if (isReady) return parseLater(``); return parse(await loadText()); }",
        ),
      ],
      valid: "export function read() { if (isReady) return 1; return loadText().then(parse); }",
    },
    {
      name: "with several links in an arrow function without a block",
      invalid: "export const read = () => «loadText().then(parse).finally(() => use(1))»;",
      errors: [returned("loadText()", "`then` and `finally`")],
      valid: "export const read = () => loadText().then(parse);",
    },
    {
      name: "with `then` that hands only one outcome on",
      invalid: "export const read = () => { return «loadText().then((text) => text + text)»; };",
      errors: [returned("loadText()")],
      valid: "export const exists = () => { return loadText().then(() => true, () => false); };",
    },
    {
      name: "not where it is stored or handed on, and runs beside other code",
      invalid: "export async function read() { const text = await «loadText().then(parse)»; use(text); }",
      errors: [chain("loadText()")],
      output: "export async function read() { const text = parse(await loadText()); use(text); }",
      valid:
        "export async function read() { const text = loadText().then(parse); await Promise.race([text, load().then(use)]); }",
    },
    {
      name: "not where nothing can wait for it",
      invalid: "export const run = async () => { «loadText().then((text) => use(text))»; };",
      errors: [chain("loadText()")],
      valid:
        "export const run = () => { loadText().then((text) => use(text)); }; export class Run { constructor() { loadText().then((text) => use(text)); } }",
    },
    {
      name: "not where its callbacks are names, or nested in a block",
      invalid: "export const run = async () => { «loadText().then((text) => use(text)).catch(use)»; };",
      errors: [chain("loadText()", "`then` and `catch`")],
      valid:
        "export const run = async () => { if (isReady) { loadText().then((text) => use(text)).catch(use); } else if (parse) loadText().then((text) => use(text)).catch(use); else void loadText().then((text) => use(text)); loadText().then(use).catch(use); };",
    },
    {
      name: "not where it hangs on what may be missing",
      invalid: "export const run = async (maybe: typeof load) => { use(await «maybe().then(use)»); };",
      errors: [chain("maybe()")],
      output: "export const run = async (maybe: typeof load) => { use(use(await maybe())); };",
      valid: "export const run = async (maybe?: Promise<string>) => { use(await maybe?.then(parse)); };",
    },
  ]);
});

describe("a file's top level", () => {
  testPairs([
    {
      name: "a chain that is the last thing done",
      invalid: "«load().then((answer) => use(answer)).catch(use)»; function later() {} interface Later {}",
      errors: [chain("load()", "`then` and `catch`")],
      valid:
        "load().then((answer) => use(answer)).catch(use); if (isReady) { load().then((answer) => use(answer)).catch(use); }",
    },
    {
      name: "a chain that is awaited",
      invalid: "use(await «loadText().then(parse)»);",
      errors: [chain("loadText()")],
      output: "use(parse(await loadText()));",
      valid: "use(parse(await loadText()));",
    },
  ]);
  testRule("prefer-async-await", [
    {
      name: "nothing of CommonJS, which has no `await` there",
      file: "files/linted.cts",
      invalid: `import { readFile } from "node:fs/promises"; export async function run() { «readFile("a").then((text) => { text; }).catch(() => {})»; }`,
      errors: [chain(`readFile("a")`, "`then` and `catch`")],
      valid: `import { readFile } from "node:fs/promises"; readFile("a").then((text) => { text; }).catch(() => {});`,
    },
  ]);
});

describe("`new Promise`", () => {
  const executor = { messageId: "executor", data: {} };
  const timer = (name: string, replacement?: string, output?: string) => ({
    messageId: "timer",
    data: { name },
    suggestions: replacement === undefined ? [] : [{ messageId: "useAwait", data: { replacement }, output }],
  });
  const nextTick = { messageId: "nextTick", data: {} };
  const file = `import { join } from "node:path";\n`;
  const delay = `import { setTimeout as delay } from "node:timers/promises";\n`;
  const nextTurn = `import { setImmediate as nextTurn } from "node:timers/promises";\n`;
  testRule("prefer-async-await", [
    {
      name: "with an async function",
      invalid: "export const a = new Promise(«async (resolve) => resolve(1)»);",
      errors: [executor],
      valid:
        "export const a = new Promise((resolve) => resolve(1)); { class Promise { constructor(run: object) {} } new Promise(async () => {}); }",
    },
    {
      name: "around `setTimeout`, and suggests the one of `node:timers/promises`",
      invalid: `${file}await «new Promise((resolve) => setTimeout(resolve, 10))»; join();`,
      errors: [timer("setTimeout", "delay(10)", `${delay}${file}await delay(10); join();`)],
      valid: `${file}await new Promise((resolve, reject) => setTimeout(reject, 10)); join();`,
    },
    {
      name: "in whatever form",
      invalid: `${file}await «new Promise<void>((done) => { setTimeout(done, 10); })»; await «new Promise((done) => void setTimeout(() => done(1), 10))»; await «new Promise(function (done) { setTimeout(() => { done("a"); }); })»;`,
      errors: [
        timer(
          "setTimeout",
          "delay(10)",
          `${delay}${file}await delay(10); await new Promise((done) => void setTimeout(() => done(1), 10)); await new Promise(function (done) { setTimeout(() => { done("a"); }); });`,
        ),
        timer(
          "setTimeout",
          "delay(10, 1)",
          `${delay}${file}await new Promise<void>((done) => { setTimeout(done, 10); }); await delay(10, 1); await new Promise(function (done) { setTimeout(() => { done("a"); }); });`,
        ),
        timer(
          "setTimeout",
          `delay(undefined, "a")`,
          `${delay}${file}await new Promise<void>((done) => { setTimeout(done, 10); }); await new Promise((done) => void setTimeout(() => done(1), 10)); await delay(undefined, "a");`,
        ),
      ],
      valid: `${file}await new Promise((done) => { const timer = setTimeout(done, 10); timer.unref(); }); await new Promise((done) => setTimeout(done, 10).unref()); await new Promise((done) => setTimeout((value) => done(value), 10)); await new Promise((done) => setTimeout(() => join(), 10)); await new Promise((done) => setTimeout(join, 10));`,
    },
    {
      name: "with a value, and without a suggestion where it is worked out later",
      invalid: `${file}let a = 1; await «new Promise((done) => setTimeout(done, 10, a))»; await «new Promise((done) => setImmediate(done, a))»; await «new Promise((done) => setTimeout(() => done(a), 10))»; await «new Promise<void>((done) => setTimeout(() => done(), 10, a))»; a = 2;`,
      errors: [
        timer(
          "setTimeout",
          "delay(10, a)",
          `${delay}${file}let a = 1; await delay(10, a); await new Promise((done) => setImmediate(done, a)); await new Promise((done) => setTimeout(() => done(a), 10)); await new Promise<void>((done) => setTimeout(() => done(), 10, a)); a = 2;`,
        ),
        timer(
          "setImmediate",
          "nextTurn(a)",
          `${nextTurn}${file}let a = 1; await new Promise((done) => setTimeout(done, 10, a)); await nextTurn(a); await new Promise((done) => setTimeout(() => done(a), 10)); await new Promise<void>((done) => setTimeout(() => done(), 10, a)); a = 2;`,
        ),
        timer("setTimeout"),
        timer(
          "setTimeout",
          "delay(10)",
          `${delay}${file}let a = 1; await new Promise((done) => setTimeout(done, 10, a)); await new Promise((done) => setImmediate(done, a)); await new Promise((done) => setTimeout(() => done(a), 10)); await delay(10); a = 2;`,
        ),
      ],
      valid: `${file}await new Promise((done) => setTimeout(...([done, 10] as [() => void, number])));`,
    },
    {
      name: "around `setImmediate`, also by its name alone and by another one",
      invalid: `import { setImmediate as turn } from "node:timers";\nawait «new Promise(setImmediate)»; await «new Promise((resolve) => turn(resolve))»;`,
      errors: [
        timer(
          "setImmediate",
          "nextTurn()",
          `${nextTurn}import { setImmediate as turn } from "node:timers";\nawait nextTurn(); await new Promise((resolve) => turn(resolve));`,
        ),
        timer(
          "setImmediate",
          "nextTurn()",
          `${nextTurn}import { setImmediate as turn } from "node:timers";\nawait new Promise(setImmediate); await nextTurn();`,
        ),
      ],
      valid: `import { setImmediate as turn } from "node:timers/promises";\nawait turn(); await new Promise(turn); await new Promise(setInterval);`,
    },
    {
      name: "with the name that the file has for it, and without a suggestion where the usual one is taken",
      invalid: `import { setImmediate as turn } from "node:timers/promises"\nconst delay = 1;\nawait «new Promise(setImmediate)»; await «new Promise((resolve) => setTimeout(resolve, delay))»; turn`,
      errors: [
        timer(
          "setImmediate",
          "turn()",
          `import { setImmediate as turn } from "node:timers/promises"\nconst delay = 1;\nawait turn(); await new Promise((resolve) => setTimeout(resolve, delay)); turn`,
        ),
        timer("setTimeout"),
      ],
      valid: `import { setImmediate as turn } from "node:timers/promises"\nawait turn()`,
    },
    {
      name: "in the file's own style",
      invalid: `import 'node:path'\r\nimport type { setImmediate as turn } from 'node:timers/promises'\r\nawait «new Promise(setImmediate)»`,
      errors: [
        timer(
          "setImmediate",
          "nextTurn()",
          `import { setImmediate as nextTurn } from 'node:timers/promises'\r\nimport 'node:path'\r\nimport type { setImmediate as turn } from 'node:timers/promises'\r\nawait nextTurn()`,
        ),
      ],
      valid: `import 'node:path'\r\nawait new Promise(() => {})`,
    },
    {
      name: "around the same without a suggestion where a comment would be lost, or nothing is imported",
      invalid: `const { join } = require("node:path"); await «new Promise(/* a turn */ setImmediate)»; await «new Promise(setImmediate)»;`,
      errors: [timer("setImmediate"), timer("setImmediate")],
      valid: `const { join } = require("./path.js"); await new Promise((resolve) => setTimeout(resolve, 1));`,
    },
    {
      name: "around a timer that only Node has, in a file that imports nothing of it",
      invalid: "await «new Promise(setImmediate)»; export {};",
      errors: [timer("setImmediate")],
      valid: "await new Promise((resolve) => setTimeout(resolve, 1)); export {};",
    },
    {
      name: "around `process.nextTick`",
      invalid:
        "await «new Promise((resolve) => process.nextTick(resolve))»; await «new Promise(process.nextTick)»; export {};",
      errors: [nextTick, nextTick],
      valid: "process.nextTick(() => {}); await new Promise((resolve) => queueMicrotask(() => resolve(1))); export {};",
    },
  ] as Pair[]);
});

describe("a callback", () => {
  const callback = (label: string, advice: string) => ({ messageId: "callback", data: { label, advice } });
  const ofModule = (module: string, name: string, counterpart = name) =>
    callback(`${module}.${name}`, `\`${counterpart}\` from \`node:${module}/promises\``);
  const byPromisify = (module: string, name: string) =>
    callback(`${module}.${name}`, `\`promisify(${name})\`, with \`promisify\` from \`node:util\`,`);
  const promisified = (module: string, name: string) => ({
    messageId: "promisified",
    data: { advice: `\`${name}\` from \`node:${module}/promises\`` },
  });
  testPairs([
    {
      name: "of Node's files, by whatever name",
      invalid: `«slurp("a", (error, text) => use(error ?? text))»; «fs.readFile("a", "utf8", function (error) { use(error); })»; «fs["exists"]("a", use)»;`,
      errors: [ofModule("fs", "readFile"), ofModule("fs", "readFile"), ofModule("fs", "exists", "access")],
      valid: `use(await fs.promises.readFile("a", "utf8")); fs.readFileSync("a"); fs.watch("a", () => {}); fs.readFile("a", ...([use] as [typeof use]));`,
    },
    {
      name: "in a promise around it",
      invalid: `export const read = () => new Promise((resolve, reject) => «slurp("a", (error, text) => error ? reject(error) : resolve(text))»);`,
      errors: [ofModule("fs", "readFile")],
      valid: `export const read = (path: string, done: (error: unknown) => void) => slurp(path, done); export function load(done: (error: unknown) => void) { slurp("a", (error) => { if (error) done(error); }); }`,
    },
    {
      name: "of names, questions and pipelines",
      invalid: `«dns.lookup("a", (error) => use(error))»; «createInterface({ input: process.stdin }).question("a", (answer) => use(answer))»; «pipeline(process.stdin, process.stdout, (error) => use(error))»;`,
      errors: [ofModule("dns", "lookup"), ofModule("readline", "question"), ofModule("stream", "pipeline")],
      valid: `const last = pipeline(process.stdin, process.stdout, (error) => use(error)); last.end(); use(dns.getServers());`,
    },
    {
      name: "that `promisify` can do without",
      invalid: `«gzip("a", (error, zipped) => use(error ?? zipped))»; void «randomBytes(8, (error, bytes) => use(error ?? bytes))»;`,
      errors: [byPromisify("zlib", "gzip"), byPromisify("crypto", "randomBytes")],
      valid: `const size = 8; randomBytes(size); use(await promisify(gzip)("a"));`,
    },
    {
      name: "of a child process that hands its error on",
      invalid: `export const run = () => new Promise((resolve, reject) => { «execFile("ls", (error, text) => { if (error) reject(error); else resolve(text); })»; }); «execFile("ls", (error, text) => { if (error) throw error; use(text); })»;`,
      errors: [byPromisify("child_process", "execFile"), byPromisify("child_process", "execFile")],
      valid: `export const run = () => new Promise((resolve) => { execFile("ls", (error, text) => { resolve({ code: error?.code, text }); }); execFile("ls", use); execFile("ls", () => use(1)); });`,
    },
    {
      name: "made a promise by `promisify` where a module has it",
      invalid: `export const read = «promisify(slurp)», wait = «promisify(setTimeout)», turn = «promisify(setImmediate)», pipe = «promisify(pipeline)»;`,
      errors: [
        promisified("fs", "readFile"),
        promisified("timers", "setTimeout"),
        promisified("timers", "setImmediate"),
        promisified("stream", "pipeline"),
      ],
      valid: `export const run = promisify(execFile), zip = promisify(gzip), wait = promisify((ms: number, done: () => void) => setTimeout(done, ms)); use(slurp);`,
    },
  ]);
  testRule("prefer-async-await", [
    {
      name: "of a module that is required",
      file: "files/linted.cts",
      invalid: `const fs = require("node:fs"); «fs.readFile("a", () => {})»;`,
      errors: [ofModule("fs", "readFile")],
      valid: `const fs = require("./fs.js"); fs.readFile("a", () => {});`,
    },
  ]);
});
