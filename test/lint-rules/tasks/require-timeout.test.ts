import { describe, expect, test } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";
import { Workspace } from "../workspace.js";

const bySignal = "Give it a `signal`, such as `AbortSignal.timeout(ms)`";
const byEither = "Give it a `signal` or a timeout";
const byPgClient = "Give its client a `query_timeout`";

const unlimited = (label: string, advice = byEither) => ({ messageId: "unlimited", data: { label, path: "", advice } });
const reaches = (path: string) => ({
  messageId: "reaches",
  data: { label: "fetch", path, advice: bySignal },
});
const fetches = unlimited("fetch", bySignal);

const head = `
import axios from "axios";
import { exec, execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import * as http from "node:http";
import https from "node:https";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import type { Connection } from "mysql2/promise";
import nodeFetch from "node-fetch";
import { Client, Pool } from "pg";
import { request } from "undici";
import { Result, Service, taskGroup, withRetry, withTimeout } from "@phasewise/runtime";
import { limitedPool, pool, readForEver, readLimited, readRates, readRemote } from "../../files/remote.js";
declare const url: string;
declare const signal: AbortSignal;
const run = promisify(execFile);
`;

function testFiles(pairs: readonly Pair[]): void {
  testRule("require-timeout", withHead(head, pairs));
}

/** The same with statements that stand in a method of a service. */
function testMethods(pairs: readonly Pair[]): void {
  const inMethod = (code: string) => `export class Rates extends Service { async find() { ${code} } }`;
  testFiles(pairs.map((pair) => ({ ...pair, invalid: inMethod(pair.invalid), valid: inMethod(pair.valid) })));
}

describe("a request", () => {
  testMethods([
    {
      name: "fetch without options",
      invalid: "await «fetch(url)»;",
      errors: [fetches],
      valid: "await fetch(url, { signal });",
    },
    {
      name: "fetch with options that do not limit it",
      invalid: `await «fetch(url, { method: "POST", headers: { timeout: "1" } })»;`,
      errors: [fetches],
      valid: `await fetch(url, { method: "POST", signal: AbortSignal.timeout(1) });`,
    },
    {
      name: "fetch with a signal that is none",
      invalid: "await «fetch(url, { signal: undefined })»; await «fetch(url, { signal: null })»;",
      errors: [fetches, fetches],
      valid: "const maybe = signal as AbortSignal | undefined; await fetch(url, { signal: maybe });",
    },
    {
      name: "options in a constant",
      invalid: `const options = { method: "POST" }; await «fetch(url, options)»;`,
      errors: [fetches],
      valid: `const options = { method: "POST", signal }; await fetch(url, options);`,
    },
    {
      name: "options of a type that cannot hold a signal",
      invalid: "const options: { method: string } = { method: url }; await «fetch(url, options)»;",
      errors: [fetches],
      valid: "const options: RequestInit = { method: url }; await fetch(url, options);",
    },
    {
      name: "options spread into others",
      invalid: "const defaults = { method: url }; await «fetch(url, { ...defaults })»;",
      errors: [fetches],
      valid: "const defaults = { signal }; await fetch(url, { ...defaults });",
    },
    {
      name: "options of which one of a union is without a limit, and the other, too",
      invalid: `const options = url ? { method: "POST" } : undefined; await «fetch(url, options)»;`,
      errors: [fetches],
      valid: "const options = url ? { signal } : undefined; await fetch(url, options);",
    },
    {
      name: "an address of any kind but a request, which may have a signal",
      invalid: "await «fetch(new URL(url))»;",
      errors: [fetches],
      valid:
        "await fetch(new Request(url, { signal })); await fetch(...([url] as [string])); await fetch(JSON.parse(url));",
    },
    {
      name: "fetch by another name",
      invalid:
        "const get = fetch; await «get(url)»; const { fetch: load } = globalThis; await «load(url)»; await «globalThis[`fetch`](url)»; await «globalThis?.fetch(url)»;",
      errors: [fetches, fetches, fetches, fetches],
      valid: "const fetch = async (from: string) => from; await fetch(url);",
    },
    {
      name: "the fetch of node-fetch",
      invalid: "await «nodeFetch(url)»;",
      errors: [unlimited("node-fetch.default", bySignal)],
      valid: "await nodeFetch(url, { signal });",
    },
    {
      name: "the request of undici",
      invalid: "await «request(url)»;",
      errors: [unlimited("undici.request", bySignal)],
      valid: "await withTimeout(() => request(url), { timeoutMs: 1 });",
    },
    {
      name: "a request of axios",
      invalid: "await «axios.get(url)»; await «axios.post(url, {})»;",
      errors: [unlimited("Axios.get"), unlimited("Axios.post")],
      valid: "await axios.get(url, { timeout: 1 }); await axios.post(url, {}, { signal });",
    },
    {
      name: "a request of an instance of axios",
      invalid: "const api = axios.create({ baseURL: url }); await «api.get(url)»;",
      errors: [unlimited("Axios.get")],
      valid: "const api = axios.create({ baseURL: url, timeout: 1_000 }); await api.get(url);",
    },
    {
      name: "a request of Node",
      invalid: "«http.get(url)»; «https.request(url, { timeout: 0 })»;",
      errors: [unlimited("http.get"), unlimited("https.request")],
      valid: "http.get(url, { timeout: 1_000 }); https.request(url, { agent: new https.Agent({ timeout: 1 }) });",
    },
    {
      name: "a request of Node that nothing limits later",
      invalid: `const sent = «http.get(url)»; sent.on("error", () => {}); «http.get(url)».on("error", () => {}).end();`,
      errors: [unlimited("http.get"), unlimited("http.get")],
      valid: `const sent = http.get(url); sent.setTimeout(1); http.get(url).on("error", () => {}).on("timeout", () => {});`,
    },
  ]);
});

describe("a child process", () => {
  testMethods([
    {
      name: "exec and execFile with a callback",
      invalid: `«exec("ls", () => {})»; «execFile("ls", ["-l"], { killSignal: "SIGKILL" }, () => {})»;`,
      errors: [unlimited("child_process.exec"), unlimited("child_process.execFile")],
      valid: `exec("ls", { timeout: 1 }, () => {}); execFile("ls", ["-l"], { signal }, () => {});`,
    },
    {
      name: "execFile made a promise",
      invalid: `await «run("ls", ["-l"])»; await «promisify(exec)("ls")»;`,
      errors: [unlimited("child_process.execFile"), unlimited("child_process.exec")],
      valid: `await run("ls", ["-l"], { timeout: 1 }); await promisify(exec)("ls", { signal });`,
    },
    {
      name: "a process that nobody kills",
      invalid: `const child = «exec("ls")»; child.unref();`,
      errors: [unlimited("child_process.exec")],
      valid: `const child = exec("ls"); setTimeout(() => child.kill(), 1_000);`,
    },
    {
      name: "spawn whose exit is awaited",
      invalid: `const child = «spawn("ls")»; await once(child, "exit");`,
      errors: [unlimited("child_process.spawn")],
      valid: `const child = spawn("ls"); child.once("exit", () => {}); await once(child.stdout, "data");`,
    },
    {
      name: "fork whose exit settles a promise",
      invalid: `const child = «fork(url)»; await new Promise((resolve) => child.on("close", resolve));`,
      errors: [unlimited("child_process.fork")],
      valid: `const child = fork(url, { signal }); await new Promise((resolve) => child.on("close", resolve));`,
    },
    {
      name: "spawn within the promise that its exit settles",
      invalid: `await new Promise((resolve) => void «spawn("ls")».on("error", resolve).on("exit", resolve));`,
      errors: [unlimited("child_process.spawn")],
      valid: `await new Promise((resolve) => void spawn("ls", { timeout: 1 }).on("error", resolve).on("exit", resolve));`,
    },
  ]);
});

describe("a database", () => {
  testFiles([
    {
      name: "a pool in a private field",
      invalid: `export class A extends Service { #pool = new Pool(); async find() { await «this.#pool.query("select 1")»; } }`,
      errors: [unlimited("Pool.query", byPgClient)],
      valid: `export class A extends Service { #pool = new Pool({ query_timeout: 1 }); async find() { await this.#pool.query("select 1"); } }`,
    },
    {
      name: "a pool that is assigned to a field",
      invalid: `export class A extends Service { pool!: Pool; async onInitialize() { this.pool = new Pool({ host: url }); return Result.success(undefined); } async find() { await «this.pool.query("a")»; } }`,
      errors: [unlimited("Pool.query", byPgClient)],
      valid: `export class A extends Service { pool!: Pool; async use(pool: Pool) { this.pool = pool; await pool.query("b"); } async find() { await this.pool.query("a"); } }`,
    },
    {
      name: "a pool of another file",
      invalid: `export class A extends Service { async find() { await «pool.query("a")»; } }`,
      errors: [unlimited("Pool.query", byPgClient)],
      valid: `export class A extends Service { async find() { await limitedPool.query("a"); } }`,
    },
    {
      name: "a client that connects",
      invalid: `const client = new Client(); export class A extends Service { async find() { await «client.connect()»; } }`,
      errors: [unlimited("Client.connect", byPgClient)],
      valid: `export class A extends Service { constructor(readonly client: Client) { super(); } async find() { await this.client.connect(); } }`,
    },
    {
      name: "a connection string without a limit",
      invalid: `const db = new Pool({ connectionString: "postgres://db" }); export class A extends Service { async find() { await «db.query("a")»; } }`,
      errors: [unlimited("Pool.query", byPgClient)],
      valid: `const db = new Pool({ connectionString: "postgres://db?statement_timeout=1" }); export class A extends Service { async find() { await db.query("a"); } }`,
    },
    {
      name: "a query of mysql2",
      invalid: `export class A extends Service { async find(db: Connection) { await «db.query("select 1")»; } }`,
      errors: [unlimited("Connection.query", "Call it with `{ sql, timeout }`")],
      valid: `export class A extends Service { async find(db: Connection) { await db.query({ sql: "select 1", timeout: 1 }); await db.query("select /*+ MAX_EXECUTION_TIME(1) */ 1"); } }`,
    },
    {
      name: "a command of ioredis",
      invalid: `export class A extends Service { readonly #redis = new Redis(); async find() { await «this.#redis.get("a")»; } }`,
      errors: [unlimited("Redis.get", "Give its client a `commandTimeout`")],
      valid: `export class A extends Service { readonly #redis = new Redis({ commandTimeout: 1 }); async find() { this.#redis.on("end", () => {}); await this.#redis.get("a"); } }`,
    },
  ]);
});

describe("what limits a wait from outside", () => {
  testMethods([
    {
      name: "a retry, which is no limit",
      invalid: "await withRetry(() => «fetch(url)»);",
      errors: [fetches],
      valid: "await withTimeout(() => fetch(url), { timeoutMs: 1_000 });",
    },
    {
      name: "requests together",
      invalid: "await Promise.all([«fetch(url)», «fetch(url)»]);",
      errors: [fetches, fetches],
      valid: "await Promise.race([fetch(url), new Promise((resolve) => setTimeout(resolve, 1))]);",
    },
    {
      name: "a response that is not raced later",
      invalid: "const response = «fetch(url)»; await Promise.race([signal, url]); await response;",
      errors: [fetches],
      valid: "const response = fetch(url); await Promise.race([url, response]);",
    },
    {
      name: "a task of a group",
      invalid: "await taskGroup(async (group) => group.run(() => «fetch(url)»));",
      errors: [fetches],
      valid: "await taskGroup(async (group) => group.run((ends) => fetch(url, { signal: ends })));",
    },
  ]);
  testFiles([
    {
      name: "a method with a decorator that limits nothing",
      invalid:
        "declare const traced: any; export class A extends Service { @traced async find() { await «fetch(url)»; } }",
      errors: [fetches],
      valid:
        "declare const timeout: any; export class A extends Service { @timeout(1) async find() { await fetch(url); } }",
    },
  ]);
});

describe("where it waits", () => {
  testFiles([
    {
      name: "a generic method whose options are of a known type",
      invalid:
        "export class A extends Service { async find<T>(data: T) { await «fetch(url, { body: String(data) })»; } }",
      errors: [fetches],
      valid:
        "export class A extends Service { async find<T extends { method: string }>(options: T) { await fetch(url, options); } }",
    },
    {
      name: "a request that is kept for itself",
      invalid: "export class A extends Service { #open() { const sent = «http.get(url)»; return sent.path; } }",
      errors: [unlimited("http.get")],
      valid: "export class A extends Service { #open() { return http.get(url); } #list = () => exec(url); }",
    },
    {
      name: "a process in a field that nobody kills",
      invalid: "export class A extends Service { child: unknown; start() { this.child = «exec(url)»; } }",
      errors: [unlimited("child_process.exec")],
      valid:
        "export class A extends Service { child!: ReturnType<typeof exec>; start() { this.child = exec(url); } stop() { this.child.kill(); } }",
    },
    {
      name: "a pool that is replaced by one without a limit, but not by one that has one",
      invalid:
        "let db = new Pool(); export class A extends Service { async find() { db = new Pool({}); await «db.query(url)»; } }",
      errors: [unlimited("Pool.query", byPgClient)],
      valid:
        "let db = new Pool(); export class A extends Service { async find() { db = new Pool({ query_timeout: 1 }); await db.query(url); } }",
    },
    {
      name: "a timer's callback, which the timer does not limit",
      invalid: "export class A extends Service { start() { setTimeout(() => «fetch(url)», 1); } }",
      errors: [fetches],
      valid: "export class A extends Service { start() { setTimeout(() => fetch(url, { signal }), 1); } }",
    },
    {
      name: "a service, and code of its own within it",
      invalid:
        "export class A extends Service { readonly first = «fetch(url)»; #load = () => «fetch(url)»; static load() { return [url].map(() => «fetch(url)»); } }",
      errors: [fetches, fetches, fetches],
      valid: "export class A { readonly first = fetch(url); } export const load = () => fetch(url);",
    },
    {
      name: "a service that extends another one",
      invalid:
        "abstract class Base extends Service {} export class A extends Base { async find() { await «fetch(url)»; } }",
      errors: [fetches],
      valid: "abstract class Base {} export class A extends Base { async find() { await fetch(url); } }",
    },
    {
      name: "a helper of another file that waits, with the path",
      invalid: `export class A extends Service { async find() { return «readRates()»; } async load() { return «readRemote(url)»; } }`,
      errors: [reaches("readRates → readRemote → fetch"), reaches("readRemote → fetch")],
      valid: `export class A extends Service { async find() { return readLimited(url, signal); } async load() { return withTimeout(() => readRemote(url), { timeoutMs: 1 }); } }`,
    },
    {
      name: "a helper of the same file, but not one whose wait is accepted",
      invalid: "const load = () => fetch(url); export class A extends Service { async find() { return «load()»; } }",
      errors: [reaches("load → fetch")],
      valid: "export class A extends Service { async find() { return readForEver(); } }",
    },
    {
      name: "a helper that races another one, but not what is raced there",
      invalid:
        "const load = async () => readRates(); export class A extends Service { async find() { return «load()»; } }",
      errors: [reaches("load → readRates → readRemote → fetch")],
      valid:
        "const load = async () => Promise.race([readRates(), url]); export class A extends Service { async find() { return load(); } }",
    },
    {
      name: "a method of its own once, where it waits",
      invalid:
        "export class A extends Service { async find() { return this.#load(); } async #load() { return «fetch(url)»; } }",
      errors: [fetches],
      valid:
        "export class A extends Service { async find() { return this.#load(); } async #load() { return fetch(url, { signal }); } }",
    },
    {
      name: "any code, if told so",
      options: [{ everywhere: true }],
      invalid: "export const load = () => «fetch(url)»; await load();",
      errors: [fetches],
      valid: "export const load = () => fetch(url, { signal }); await readRemote(url);",
    },
  ]);
});

describe("an installed undici", () => {
  test.for<[code: string, label: string | undefined]>([
    ["request(url)", "undici.request"],
    ["request(url, { headersTimeout: 1 })", undefined],
    ["request(url, { dispatcher })", undefined],
    ["fetch(url)", "undici.fetch"],
    ["new Client(url).request({ path: url, method: 'GET' })", undefined],
    ["open.request({ path: url, method: 'GET' })", "Dispatcher.request"],
    ["limited.request({ path: url, method: 'GET' })", undefined],
    ["dispatcher.request({ path: url, method: 'GET' })", undefined],
  ])("of %s, %s is reported", async ([code, label]) => {
    await using workspace = await Workspace.create({
      "modules/use.ts": `
        import { Client, type Dispatcher, Pool, fetch, request } from "undici";
        import { Service } from "@phasewise/runtime";
        declare const url: string; declare const dispatcher: Dispatcher;
        const open = new Pool(url);
        const limited = new Pool(url, { bodyTimeout: 1 });
        export class A extends Service { async find() { await ${code}; void [Client, open, limited]; } }`,
    });
    const findings = await workspace.lintWithEslint(["modules/use.ts"]);
    const own = findings.filter(({ rule }) => rule === "require-timeout");
    expect(own.map(({ message }) => message.split("`")[1])).toEqual(label === undefined ? [] : [label]);
  });
});

test("both hosts agree", async () => {
  await using workspace = await Workspace.create({
    "modules/read.ts": `export const read = (url: string) => fetch(url);\n`,
    "modules/plain.js": `import { Service } from "@phasewise/runtime";\n\nexport class Plain extends Service {\n  async find(options) {\n    await fetch("a", options);\n    await fetch("a");\n  }\n}\n`,
    "modules/service.mts": `import { Service } from "@phasewise/runtime";\nimport { read } from "./read.js";\n\nexport class Rates extends Service {\n  async find() {\n    /* 😀 */ await read("a");\n    await fetch("a");\n  }\n}\n`,
  });
  const [fromEslint, fromOxlint] = await Promise.all([workspace.lintWithEslint(), workspace.lintWithOxlint()]);
  const own = fromEslint.filter(({ rule }) => rule === "require-timeout");

  expect(fromOxlint.filter(({ rule }) => rule === "require-timeout")).toEqual(own);
  expect(own.map(({ file, line }) => `${file}:${line}`)).toEqual([
    "modules/plain.js:6",
    "modules/service.mts:6",
    "modules/service.mts:7",
  ]);
});
