import { describe, expect, test } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";
import { type Finding, Workspace } from "../workspace.js";

const head = `
import { EventEmitter } from "node:events";
import * as timers from "node:timers";
import { setInterval as ticks } from "node:timers/promises";
import { type ActivationContext, Service, defineModule, sleep, taskGroup } from "@phasewise/runtime";
import { TaskRunner } from "@phasewise/runtime/tasks";
declare const work: (value?: number) => Promise<number>;
declare const use: (value: unknown) => void;
declare const emitter: EventEmitter;
`;

const suggest = (output: string, context = "context") => [{ messageId: "runInBackground", data: { context }, output }];
const detached = (task: string, output?: string) => ({
  messageId: "detached",
  data: { task, target: "" },
  suggestions: output === undefined ? [] : suggest(output),
});
const stored = (target: string, output?: string, task = "work()") => ({
  messageId: "stored",
  data: { task, target },
  suggestions: output === undefined ? [] : suggest(output),
});
const listener = (event: string, output?: string) => ({
  messageId: "listener",
  data: { event },
  suggestions: output === undefined ? [] : suggest(output),
});
const interval = { messageId: "interval", data: {} };
const asyncInterval = { messageId: "asyncInterval", data: {} };

function testFiles(pairs: readonly Pair[]): void {
  testRule("no-detached-task", withHead(head, pairs));
}

describe("void", () => {
  testFiles([
    {
      name: "void before a call",
      invalid: "«void work()»; export const run = () => «void work(1)»;",
      errors: [detached("work()"), detached("work(1)")],
      valid: "await work(); export const run = () => void use(1);",
    },
    {
      name: "a chain, be its failure handled",
      invalid: "«void work().then(use).catch(use)»; «void work().finally(() => {})»; «void work().catch(use)»;",
      errors: [
        detached("work().then(use).catch(use)"),
        detached("work().finally(() => {})"),
        detached("work().catch(use)"),
      ],
      valid: "await work().then(use).catch(use);",
    },
    {
      name: "a new promise, an import, an async function that is called at once",
      invalid: `«void new Promise<void>(use)»; «void import("node:fs")»; «void (async () => { await work(); })()»;`,
      errors: [
        detached("new Promise<void>(use)"),
        detached(`import("node:fs")`),
        detached("(async () => { await work(); })()"),
      ],
      valid: `void new Set<number>(); await import("node:fs"); void (() => 1)();`,
    },
    {
      name: "one outcome of several",
      invalid:
        "declare const ready: boolean; «void (ready ? work() : 1)»; «void (ready && work())»; «void (use(1), work())»; «void (work() as unknown as Promise<1>)»;",
      errors: [
        detached("ready ? work() : 1"),
        detached("ready && work()"),
        detached("use(1), work()"),
        detached("work() as unknown as Promise<1>"),
      ],
      valid: "declare const ready: Promise<number>; use(ready); void (ready ?? 1); void (await work()); void work;",
    },
    {
      name: "what follows a promise that has a name",
      invalid: "const ready = work(); use(ready); «void ready.then(use)»; «void ready[`then`](use).catch(use)»;",
      errors: [detached("ready.then(use)"), detached("ready[`then`](use).catch(use)")],
      valid: "const ready = work(); use(ready); void ready; void ready.catch(use);",
    },
    {
      name: "a task that no group owns",
      invalid:
        "class Group { run(task: () => Promise<unknown>) { return task(); } } declare const group: Group; «void group.run(work)»;",
      errors: [detached("group.run(work)")],
      valid:
        "await taskGroup(async (group) => { void group.run(() => work()); void group.run(() => work()).then(use); const { run } = group; void run(() => work()); const kept = group.run(() => work()); }); declare const runner: TaskRunner; void runner.submit(() => work());",
    },
    {
      name: "an optional call",
      invalid: "declare const maybe: typeof work | undefined; «void maybe?.()»;",
      errors: [detached("maybe?.()")],
      valid: "declare const maybe: typeof use | undefined; void maybe?.(1);",
    },
    {
      name: "in a generic function and in a static block",
      invalid:
        "export function run<T extends Promise<number>>(make: () => T) { «void make()»; } export class A { static { «void work()»; } }",
      errors: [detached("make()"), detached("work()")],
      valid: "export function run<T>(make: () => T) { void make(); } export class A { static { void use(1); } }",
    },
  ]);
});

describe("a suggestion", () => {
  const setup = (code: string) =>
    `export default defineModule({ id: "a", version: "1", async setupModule(context) {\n${code}\n} });`;
  testFiles([
    {
      name: "work that a context in scope can run",
      invalid: setup("«void work(1 /* one */)»; // now"),
      errors: [detached("work(1 /* one */)", setup(`context.background("work", () => work(1 /* one */)); // now`))],
      valid: setup(`context.background("work", () => work(1));`),
    },
    {
      name: "an async function, which is handed over as it is",
      invalid: setup("«void (async () => {\n  await work();\n})()»;"),
      errors: [
        detached(
          "(async () => { await work(); })()",
          setup(`context.background("task", async () => {\n  await work();\n});`),
        ),
      ],
      valid: setup(`context.background("task", async () => {\n  await work();\n});`),
    },
    {
      name: "a service's work",
      invalid: `export class A extends Service { protected override async onInitialize(context: ActivationContext) { «void this.#loadRates()»; return super.onInitialize(context, undefined); } async #loadRates() {} }`,
      errors: [
        detached(
          "this.#loadRates()",
          `export class A extends Service { protected override async onInitialize(context: ActivationContext) { context.background("load rates", () => this.#loadRates()); return super.onInitialize(context, undefined); } async #loadRates() {} }`,
        ),
      ],
      valid: `export class A extends Service { protected override async onInitialize(context: ActivationContext) { await this.#loadRates(); return super.onInitialize(context, undefined); } async #loadRates() {} }`,
    },
    {
      name: "work without one, where a comment would be dropped, where it awaits, and where the name means something else",
      invalid: setup(
        "«void /* why */ work()»; «void work(await work())»; [1].map((context) => «void work(context)»); { const context = 1; «void work(context)»; } declare const maybe: () => Promise<number> | undefined; «void maybe()»;",
      ),
      errors: [
        detached("work()"),
        detached("work(await work())"),
        detached("work(context)"),
        detached("work(context)"),
        detached("maybe()"),
      ],
      valid: setup("await work();"),
    },
    {
      name: "a constant that is used nowhere",
      invalid: setup("const «loading» = work();\nconst «other» = work(); void other;"),
      errors: [
        stored("loading", setup(`context.background("work", () => work());\nconst other = work(); void other;`)),
        stored("other"),
      ],
      valid: setup("const loading = work(); await loading;"),
    },
    {
      name: "an arrow function that listens",
      invalid: setup(
        `emitter.on("paid", «async (id: number) => { await work(id); }»); emitter.on("paid", «async () => work()»); emitter.on("paid", «async function () {}»); emitter.on("paid", «work»);`,
      ),
      errors: [
        listener(
          "paid",
          setup(
            `emitter.on("paid", (id: number) => context.background("paid", async () => { await work(id); })); emitter.on("paid", async () => work()); emitter.on("paid", async function () {}); emitter.on("paid", work);`,
          ),
        ),
        listener(
          "paid",
          setup(
            `emitter.on("paid", async (id: number) => { await work(id); }); emitter.on("paid", () => context.background("paid", async () => work())); emitter.on("paid", async function () {}); emitter.on("paid", work);`,
          ),
        ),
        listener("paid"),
        listener("paid"),
      ],
      valid: setup(`emitter.on("paid", (id: number) => context.background("paid", async () => { await work(id); }));`),
    },
  ]);
});

describe("a promise that is stored", () => {
  testFiles([
    {
      name: "a constant, a variable, one that is only handled",
      invalid: "const «a» = work(); let b: unknown; «b» = work(); const «c» = work(); c.catch(use); void c;",
      errors: [stored("a"), stored("b"), stored("c")],
      valid:
        "const a = work(); let b: unknown; b = work(); await a; use(b); export const c = work(); const d = use(1); const e = await work(); const f = c;",
    },
    {
      name: "a constant that a closure does not read either",
      invalid: "export function run() { const «a» = work(); return (a: number) => a; }",
      errors: [stored("a")],
      valid: "export function run() { const a = work(); return () => a; }",
    },
    {
      name: "a constant that is not exported",
      invalid: "const «a» = work(); const b = 1; export { b };",
      errors: [stored("a")],
      valid: "const a = work(); const b = 1; export { a, b };",
    },
    {
      name: "a private field",
      invalid:
        "export class A { «#a» = work(); private «b» = work(); #c: unknown; run() { «this.#c» = work(); void this.#a; } }",
      errors: [stored("#a"), stored("b"), stored("this.#c")],
      valid:
        "export class A { #a = work(); private b = work(); #c: unknown; d = work(); protected e = work(); run() { this.#c = work(); return [this.#a, this.#c]; } stop() { const { b } = this; return b; } }",
    },
    {
      name: "a field that is set once, but not one whose promise is handed on",
      invalid: "export class A { #a: Promise<number> | undefined; run() { «this.#a» ??= work(); } }",
      errors: [stored("this.#a")],
      valid: "export class A { #a: Promise<number> | undefined; run() { return (this.#a ??= work()); } }",
    },
    {
      name: "a field that void stores unread",
      invalid: "export class A { #a: unknown; run() { «void (this.#a = work())»; } }",
      errors: [detached("this.#a = work()")],
      valid: "export class A { #a: unknown; run() { void (this.#a = work()); } stop() { return this.#a; } }",
    },
  ]);
});

describe("an interval", () => {
  testFiles([
    {
      name: "one that nobody clears",
      invalid:
        "«setInterval(use, 1)»; «setInterval(use, 1)».unref(); const timer = «setInterval(use, 1)»; timer.unref();",
      errors: [interval, interval, interval],
      valid:
        "const timer = setInterval(use, 1); clearInterval(timer); setTimeout(use, 1); export const other = setInterval(use, 1); use(setInterval(use, 1));",
    },
    {
      name: "one of a field",
      invalid:
        "export class A { #timer: unknown; #other = «setInterval(use, 1)»; start() { this.#timer = «setInterval(use, 1)»; } }",
      errors: [interval, interval],
      valid:
        "export class A { #timer?: NodeJS.Timeout; other = setInterval(use, 1); start() { this.#timer = setInterval(use, 1).unref(); } stop() { clearInterval(this.#timer); } }",
    },
    {
      name: "one that does async work, cleared or not",
      invalid:
        "const timer = «setInterval(work, 1)»; clearInterval(timer); «setInterval(async () => { await work(); }, 1)»;",
      errors: [asyncInterval, asyncInterval],
      valid: "for await (const tick of ticks(1)) await work(tick);",
    },
    {
      name: "setInterval by other names",
      invalid:
        "«globalThis.setInterval(use, 1)»; «timers.setInterval(use, 1)»; const every = setInterval; «every(use, 1)»;",
      errors: [interval, interval, interval],
      valid: "const setInterval = (callback: unknown, ms: number) => use([callback, ms]); setInterval(work, 1);",
    },
    {
      name: "one that is not disposed",
      invalid: "{ const timer = «setInterval(use, 1)»; }",
      errors: [interval],
      valid: "{ using timer = setInterval(use, 1); }",
    },
  ]);
});

describe("a listener", () => {
  testFiles([
    {
      name: "an async listener of an emitter, however it is added",
      invalid: `emitter.on("a", «async () => {}»); emitter.once("a", «work»); emitter["addListener"]("a", «() => work()»); emitter.prependListener("a", «async function () {}»); process.on("SIGHUP", «async () => {}»);`,
      errors: [listener("a"), listener("a"), listener("a"), listener("a"), listener("SIGHUP")],
      valid: `emitter.on("a", () => {}); emitter.once("a", use); emitter.emit("a", async () => {}); emitter.off("a", work); emitter.on("a", ...[work]);`,
    },
    {
      name: "an async listener of a target",
      invalid: `declare const target: EventTarget; declare const name: string; target.addEventListener("a", «async () => {}»); target.addEventListener(name, «async () => {}»); declare const socket: WebSocket; socket.onmessage = «async () => {}»;`,
      errors: [listener("a"), listener("name"), listener("message")],
      valid: `declare const target: EventTarget; target.addEventListener("a", () => {}); target.removeEventListener("a", async () => {}); declare const socket: WebSocket; socket.onmessage = () => {}; socket.onmessage = null;`,
    },
    {
      name: "one of a bus that makes nothing of what it gives",
      invalid: `declare const bus: { on(name: string, listener: () => void): void }; bus.on("a", «work»);`,
      errors: [listener("a")],
      valid: `declare const bus: { on(name: string, listener: () => void | Promise<unknown>): void }; bus.on("a", work); export const run = (context: ActivationContext) => [context.subscribe("a" as never, async () => {}), context.once("a" as never, async () => {})];`,
    },
    {
      name: "one of a bus that says how it calls it",
      invalid: `declare const bus: { once(name: string, listener: () => void): void }; bus.once("a", «work»);`,
      errors: [listener("a")],
      valid: `declare const bus: { on(name: string, listener: object): void; once(name: string, listener: unknown): void }; bus.on("a", work); bus.once("a", work);`,
    },
    {
      name: "one of a bus whose type is known",
      invalid: `emitter.on("a", «async () => {}»);`,
      errors: [listener("a")],
      valid: `declare const bus: any; bus.on("a", async () => {}); emitter.on("a", (() => work()) as any);`,
    },
  ]);
});

describe("code of a module", () => {
  const pair = { invalid: `export const run = () => «void Promise.resolve().then(() => {})»;` };
  const errors = [{ messageId: "detached", data: { task: "Promise.resolve().then(() => {})", target: "" } }];
  testRule("no-detached-task", [
    {
      name: "a file that imports the runtime",
      invalid: `import "@phasewise/runtime";\n${pair.invalid}`,
      errors,
      valid: `import "node:fs";\n${pair.invalid.replace(/[«»]/g, "")}`,
    },
    {
      name: "a file that imports a part of the runtime, but no test",
      invalid: `import type { TaskRunner } from "@phasewise/runtime/tasks";\n${pair.invalid}`,
      errors,
      valid: `import { test } from "node:test";\nimport type { TaskRunner } from "@phasewise/runtime/tasks";\n${pair.invalid.replace(/[«»]/g, "")}`,
    },
    {
      name: "a file below a module's folder",
      file: "modules/shipping/linted.ts",
      ...pair,
      errors,
      valid: `await Promise.resolve().then(() => {});`,
    },
  ]);
});

test("both hosts agree", async () => {
  await using workspace = await Workspace.create({
    "modules/a/module.ts": `import { defineModule } from "@phasewise/runtime";\nimport { work } from "./work.js";\n\nexport default defineModule({\n  id: "a",\n  version: "1.0.0",\n  async setupModule(context) {\n    void work();\n    const task = work();\n    let later;\n    later = work();\n    setInterval(work, 1);\n    process.on("SIGHUP", async () => {});\n  },\n});\n`,
    "modules/a/work.ts": `export async function work() {}\n\nexport class A {\n  #task = work();\n  private other = work();\n  #read = work();\n  stop() {\n    return this.#read;\n  }\n}\n`,
    "modules/a/deep/plain.js": `import { work } from "../work.js";\n\n/* 😀 */ void work();\nconst task = work();\nconst read = work();\nexport { read };\n`,
    "modules/a/work.test.ts": `import { work } from "./work.js";\n\nvoid work();\n`,
    "modules/other.ts": `import { work } from "./a/work.js";\n\nvoid work();\n`,
  });
  const [fromEslint, fromOxlint] = await Promise.all([workspace.lintWithEslint(), workspace.lintWithOxlint()]);
  const own = fromEslint.filter(({ rule }) => rule === "no-detached-task");

  expect(fromOxlint.filter(({ rule }) => rule === "no-detached-task")).toEqual(own);
  const floating = fromEslint.filter(({ rule }) => rule === "no-floating-promises");
  const toPlace = ({ file, line, column }: Finding) => `${file}:${line}:${column}`;
  expect(floating.map(toPlace).filter((place) => own.map(toPlace).includes(place))).toEqual([]);
  expect(own.map(({ file, line }) => `${file}:${line}`)).toEqual([
    "modules/a/deep/plain.js:3",
    "modules/a/deep/plain.js:4",
    "modules/a/module.ts:8",
    "modules/a/module.ts:9",
    "modules/a/module.ts:11",
    "modules/a/module.ts:12",
    "modules/a/module.ts:13",
    "modules/a/work.ts:4",
    "modules/a/work.ts:5",
  ]);
});
