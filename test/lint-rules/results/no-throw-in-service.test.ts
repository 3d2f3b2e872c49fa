import plugin from "@phasewise/eslint-plugin";
import { ESLint, type Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";
import { Workspace } from "../workspace.js";

const throws = (method = "Mail.send") => ({ messageId: "throws", data: { method } });
const rejects = (label: string, method = "Mail.send") => ({ messageId: "rejects", data: { label, method } });
const reaches = (label: string, method = "Mail.send") => ({ messageId: "reaches", data: { label, method } });

const head = `
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { Pool } from "pg";
import { ResourcePool } from "@phasewise/runtime/resources";
import { Semaphore } from "@phasewise/runtime/tasks";
import { Result as R, Service, sleep, withTimeout } from "@phasewise/runtime";
import { loadRates, loadSafely, parse } from "../../files/rejecting.js";
declare const url: string;
declare const urls: string[];
declare const flag: boolean;
declare function make(): Promise<number>;
declare function use(value: unknown): void;
const run = promisify(execFile);
`;

function testFiles(pairs: readonly Pair[]): void {
  testRule("no-throw-in-service", withHead(head, pairs));
}

/** Code of a public method, or of a whole class body where there is a method in it. */
function testMethods(pairs: readonly Pair[]): void {
  const inService = (code: string) => {
    const members = /\bsend\b/.test(code) ? code : `async send() { ${code} }`;
    return `export class Mail extends Service {\n${members}\n}`;
  };
  testFiles(pairs.map((pair) => ({ ...pair, invalid: inService(pair.invalid), valid: inService(pair.valid) })));
}

describe("`throw`", () => {
  testMethods([
    {
      name: "one that leaves a public method",
      invalid: "«throw new Error(url);»",
      errors: [throws()],
      valid: "return R.error('FAILED', url);",
    },
    {
      name: "one in a handler, and not one that a handler takes",
      invalid: "try { use(1); } catch (error) { «throw error;» }",
      errors: [throws()],
      valid: "try { throw new Error(); } catch (error) { return R.error('FAILED', url, { cause: error }); }",
    },
    {
      name: "one in `finally`, or in a `try` without a handler",
      invalid: "try { «throw new Error('a');» } finally { «throw new Error('b');» }",
      errors: [throws(), throws()],
      valid: "try { try { throw new Error('a'); } finally { throw new Error('b'); } } catch {}",
    },
    {
      name: "one in a method that is not async, in a field's function and in a static method's neighbour",
      invalid: "send() { «throw new Error();» } post = async () => { «throw new Error();» }",
      errors: [throws(), throws("Mail.post")],
      valid: "static send() { throw new Error(); } static post = async () => { throw new Error(); }",
    },
    {
      name: "one in a method with a quoted name, and not in one that is hidden",
      invalid: "async 'send'() { «throw new Error();» }",
      errors: [throws("Mail.'send'")],
      valid:
        "async #send() { throw new Error(); } private async post() { throw new Error(); }" +
        " protected async onInitialize(): Promise<never> { throw new Error(); } async [url]() { throw new Error(); }",
    },
    {
      name: "one in a method, and not in what else a class has",
      invalid: "async send() { «throw new Error();» }",
      errors: [throws()],
      valid: "constructor(send: unknown) { super(); throw send; } get name() { throw new Error(); }",
    },
    {
      name: "one in a method, and not in one that JavaScript calls",
      invalid: "async send() { «throw new Error('c');» }",
      errors: [throws()],
      valid: "toJSON() { const send = new Error(); throw send; }",
    },
    {
      name: "one in a callback of JavaScript's own functions",
      invalid: "urls.forEach((each) => { if (!each) «throw new Error();» });",
      errors: [throws()],
      valid: "try { urls.forEach((each) => { if (!each) throw new Error(); }); } catch {}",
    },
    {
      name: "one in a callback of a promise that is awaited",
      invalid: "await make().then(() => { «throw new Error();» });",
      errors: [throws()],
      valid: "await make().then(() => { throw new Error(); }).catch(use);",
    },
    {
      name: "one in a function that is called where it stands",
      invalid: "(() => { «throw new Error();» })(); await (async () => { «throw new Error();» })();",
      errors: [throws(), throws()],
      valid:
        "const later = () => { throw new Error(); }; use(later); use((async () => { throw new Error(); })()); use(async () => { throw new Error(); });",
    },
    {
      name: "one in the callback of `Promise.all` and `map`, and not of what may catch it",
      invalid: "await Promise.all(urls.map(async (each) => { if (!each) «throw new Error();» }));",
      errors: [throws()],
      valid:
        "use(() => { throw new Error(); }); await new Promise(() => { throw new Error(); }); return R.attempt('FAILED', async () => { throw new Error(); });",
    },
    {
      name: "one in a method, and not in a generator",
      invalid: "async send() { «throw url;» }",
      errors: [throws()],
      valid: "async *send() { throw url; }",
    },
  ]);
  testFiles([
    {
      name: "one in a service, and not in another class or an object",
      invalid: "export class Mail extends Service { async send() { «throw new Error();» } }",
      errors: [throws()],
      valid:
        "export class Mail { async send() { throw new Error(); } } class Fax extends Mail { async send() { throw new Error(); } }" +
        " export const fax = { async send() { throw new Error(); }, Fax };",
    },
    {
      name: "one in an heir of a service, and in a class without a name",
      invalid:
        "class Base extends Service {} export class Mail extends Base { async send() { «throw new Error();» } }" +
        " export default class extends Service { async send() { «throw new Error();» } }",
      errors: [throws(), throws("send")],
      valid:
        "class Base extends Service {} export class Mail extends Base { held = class { send() { throw new Error(); } }; }",
    },
  ]);
});

describe("a call from outside of the workspace", () => {
  testMethods([
    {
      name: "one that is awaited",
      invalid: "await «fetch(url)»;",
      errors: [rejects("fetch")],
      valid: "fetch(url); void fetch(url); use(fetch(url));",
    },
    {
      name: "a module's of Node, a package's, one made by `promisify`",
      invalid: "await «readFile(url)»; await «new Pool().query(url)»; await «run(url)»;",
      errors: [rejects("fs/promises.readFile"), rejects("Pool.query"), rejects("child_process.execFile")],
      valid:
        "await wait(5); await promisify(setTimeout)(5); await sleep(5); await new Semaphore(1).acquire(); await Promise.resolve(url); use(make);",
    },
    {
      name: "the reading of a response",
      invalid: "declare page: Response; async send() { await «this.page.json()»; }",
      errors: [rejects("Response.json")],
      valid: "declare page: Response; async send() { use(this.page.clone()); }",
    },
    {
      name: "the runtime's that may reject",
      invalid: "await «withTimeout(make, { timeoutMs: 5 })»;",
      errors: [rejects("@phasewise/runtime.withTimeout")],
      valid: "return withTimeout(async () => R.success(1), { timeoutMs: 5 });",
    },
    {
      name: "what waits in a pool, and not for a permit",
      invalid: "declare pool: ResourcePool<string>; async send() { await «this.pool.acquire()»; }",
      errors: [rejects("ResourcePool.acquire")],
      valid: "declare pool: Semaphore; async send() { await this.pool.acquire(); }",
    },
    {
      name: "one whose handler is missing",
      invalid: "await «fetch(url)».then(use).finally(() => {});",
      errors: [rejects("fetch")],
      valid: "await fetch(url).catch(use); await fetch(url).then(use, use); await fetch(url).then(use).catch(use);",
    },
    {
      name: "one that is returned, which the `try` around it does not catch",
      invalid: "try { return «fetch(url)»; } catch {}",
      errors: [rejects("fetch")],
      valid: "try { return await fetch(url); } catch { return R.error('FAILED', url); }",
    },
    {
      name: "one that is the value of a function",
      invalid: "send = async () => «fetch(url)»;",
      errors: [rejects("fetch")],
      valid: "send = async () => R.attempt('FETCH_FAILED', () => fetch(url));",
    },
    {
      name: "one behind a choice, parentheses and casts",
      invalid: "await (flag ? «fetch(url)» : make()); await (flag && («fetch('b')»)); return «fetch('c')» as unknown;",
      errors: [rejects("fetch"), rejects("fetch"), rejects("fetch")],
      valid: "await (fetch(url) ? make() : undefined); await (use(fetch('b')), make());",
    },
    {
      name: "those of a list that is awaited together",
      invalid: "await Promise.all([«fetch(url)», make()]); await Promise.race(urls.map((each) => «fetch(each)»));",
      errors: [rejects("fetch"), rejects("fetch")],
      valid:
        "await Promise.allSettled([fetch(url)]); await Promise.allSettled(urls.map((each) => fetch(each))); use([fetch(url)]);",
    },
    {
      name: "those of a list in a variable",
      invalid: "const all = urls.map(async (each) => { await «fetch(each)»; }); await Promise.all(all);",
      errors: [rejects("fetch")],
      valid:
        "const all = urls.map(async (each) => { await fetch(each); }); use(all); urls.forEach(async (each) => { await fetch(each); });",
    },
    {
      name: "one in a function that is called where it stands",
      invalid: "await (async () => { await «fetch(url)»; })();",
      errors: [rejects("fetch")],
      valid:
        "await (async () => { try { await fetch(url); } catch {} })(); use((async () => { await fetch(url); })());",
    },
    {
      name: "one in a variable that is awaited later",
      invalid: "const page = «fetch(url)»; use(page); await page;",
      errors: [rejects("fetch")],
      valid:
        "const page = fetch(url); use(page); try { await page; } catch {} const { body } = fetch(url) as any; await body;",
    },
    {
      name: "one in a variable, and not another variable that it is made from",
      invalid: "const first = «fetch(url)»; const second = first; await second;",
      errors: [rejects("fetch")],
      valid: "const first = fetch(url).then(() => first); use(first);",
    },
    {
      name: "one in a loop and a block",
      invalid: "for (const each of urls) { if (flag) { await «fetch(each)»; } }",
      errors: [rejects("fetch")],
      valid: "for (const each of urls) { try { if (flag) { await fetch(each); } } catch {} }",
    },
    {
      name: "a promise, and not what a function of Node gives at once",
      invalid: "return «fetch(url)»;",
      errors: [rejects("fetch")],
      valid: "return R.success(encodeURIComponent(url) + new URL(url).toString() + url.trim() + structuredClone(url));",
    },
    {
      name: "one of the service's, and not of a function that it keeps for later",
      invalid: "return await «fetch('d')»;",
      errors: [rejects("fetch")],
      valid: "use(async () => { await fetch(url); }); return R.attempt('A', async () => { await fetch(url); });",
    },
  ]);
});

describe("a path", () => {
  testMethods([
    {
      name: "one through a helper of another file",
      invalid: "await «loadRates(url)»;",
      errors: [reaches("loadRates → readRates → fetch")],
      valid:
        "await loadSafely(url); use(loadRates(url)); await loadRates(url).catch(use); try { await loadRates(url); } catch {}",
    },
    {
      name: "one through a private method",
      invalid: "async send() { return «this.#load()»; } async #load() { await fetch(url); return R.success(1); }",
      errors: [reaches("Mail.#load → fetch")],
      valid: "async send() { return this.#load(); } async #load() { return R.attempt('A', () => fetch(url)); }",
    },
    {
      name: "one to a `throw` in a helper",
      invalid: "async send() { await «this.load()»; } protected async load() { throw new RangeError(url); }",
      errors: [reaches("Mail.load → throw new RangeError")],
      valid:
        "async send() { await this.load(); } protected async load() { try { throw new RangeError(url); } catch {} }",
    },
    {
      name: "one to a `throw` of a helper of its own that is not awaited",
      invalid: "async send() { «this.check()»; } private check() { if (flag) throw url; }",
      errors: [reaches("Mail.check → throw url")],
      valid: "async send() { try { this.check(); } catch {} } private check() { if (flag) throw url; }",
    },
    {
      name: "one of a helper of its own, and not of a function that tells of misuse",
      invalid:
        "async send() { use(«this.check()»); } private check() { return this.#read(); } #read() { throw { url }; }",
      errors: [reaches("Mail.check → Mail.#read → throw")],
      valid: "async send() { use(parse(url)); this.#later(); } async #later() { throw url; }",
    },
    {
      name: "one through a list of helpers",
      invalid: "await Promise.all(urls.map((each) => «loadRates(each)»));",
      errors: [reaches("loadRates → readRates → fetch")],
      valid: "await Promise.all(urls.map((each) => loadSafely(each)));",
    },
    {
      name: "one through a helper that asks for several",
      invalid:
        "async send() { await «this.#all()»; } #all() { return Promise.all(urls.map(async (each) => { await fetch(each); })); }",
      errors: [reaches("Mail.#all → fetch")],
      valid:
        "async send() { await this.#all(); } #all() { return Promise.allSettled(urls.map(async (each) => { await fetch(each); })); }",
    },
    {
      name: "one, and none through a public method, which has its own",
      invalid: "async send() { return this.post(); } async post() { return «fetch(url)»; }",
      errors: [rejects("fetch", "Mail.post")],
      valid: "async send() { return this.post(); } async post() { return R.success(1); }",
    },
    {
      name: "one, and none through who is given a function",
      invalid: "async send() { await «this.#load()»; } async #load() { await fetch(url); }",
      errors: [reaches("Mail.#load → fetch")],
      valid:
        "async send() { await this.#guard(() => fetch(url)); await this.#guard(loadRates); }" +
        " async #guard(work: (url: string) => unknown) { try { await work(url); } catch {} }",
    },
    {
      name: "one to a callback of JavaScript's own functions in a helper",
      invalid:
        "async send() { «this.#check()»; } #check() { urls.forEach((each) => this.#one(each)); } #one(each: string) { throw each; }",
      errors: [reaches("Mail.#check → Mail.#one → throw each")],
      valid:
        "async send() { this.#check(); } #check() { use((each: string) => this.#one(each)); } #one(each: string) { throw each; }",
    },
    {
      name: "one to a `throw`, and none through a helper that catches it",
      invalid:
        "async send() { await «this.#load()»; } async #load() { await this.#read(); } async #read() { throw url; }",
      errors: [reaches("Mail.#load → Mail.#read → throw url")],
      valid:
        "async send() { await this.#load(); } async #load() { try { await this.#read(); } catch {} } async #read() { throw url; }",
    },
    {
      name: "one, and none to a `throw` of a public method, which is reported there",
      invalid: "async send() { return this.post(); } async post() { «throw url;» }",
      errors: [throws("Mail.post")],
      valid: "async send() { return this.post(); } async post() { return R.success(2); }",
    },
    {
      name: "one, and none through a callback that a helper takes care of",
      invalid: "async send() { await «this.#load()»; } async #load() { urls.forEach((each) => { throw each; }); }",
      errors: [reaches("Mail.#load → throw each")],
      valid:
        "async send() { await this.#load(); } async #load() { await this.#guard(() => fetch(url)); use(() => { throw url; }); const later = () => { throw url; }; use(later); }" +
        " async #guard(work: () => unknown) { try { await work(); } catch {} }",
    },
    {
      name: "one to what a helper throws after its callback",
      invalid:
        "async send() { await «this.#guard(() => fetch(url))»; } async #guard(work: () => unknown) { await work(); throw url; }",
      errors: [reaches("Mail.#guard → throw url")],
      valid:
        "async send() { await this.#guard(() => fetch(url)); } async #guard(work: () => unknown) { await work(); }",
    },
    {
      name: "one, and none to an accessor",
      invalid: "async send() { return «this.#rate()»; } #rate() { throw new Error('b'); }",
      errors: [reaches("Mail.#rate → throw new Error")],
      valid: "async send() { return this.rate; } get rate() { throw new Error('b'); }",
    },
    {
      name: "one, and none to a class",
      invalid: "async send() { await «this.#load()»; } async #load() { throw new Error('a'); }",
      errors: [reaches("Mail.#load → throw new Error")],
      valid: "async send() { use(new Held()); } } class Held { constructor() { throw new Error(); }",
    },
  ]);
});

describe("a suggestion", () => {
  const valueImport = `import { Result, Service } from "@phasewise/runtime";`;
  const inMethod = (code: string, imports = valueImport, newline = "\n") =>
    [imports, "export class Mail extends Service {", "  async send(url: string) {", `    ${code}`, "  }", "}"].join(
      newline,
    );
  const attempt = (output: string) => ({ ...rejects("fetch"), suggestions: [{ messageId: "attempt", output }] });

  const kept = {
    before: "const page: Response = await «fetch(url)»;",
    after: [
      'const attempt = await Result.attempt("FETCH_FAILED", () => fetch(url));',
      "if (!attempt.success) return attempt;",
      "const page: Response = attempt.data;",
    ],
  };

  testRule("no-throw-in-service", [
    {
      name: "a call whose value is kept, and attempts it",
      invalid: inMethod(kept.before),
      errors: [attempt(inMethod(kept.after.join("\n    ")))],
      valid: inMethod(kept.after.join("\n    ")),
    },
    {
      name: "one in a file with other line ends, and keeps these",
      invalid: inMethod(kept.before, valueImport, "\r\n"),
      errors: [attempt(inMethod(kept.after.join("\r\n    "), valueImport, "\r\n"))],
      valid: inMethod("return Result.success(url);", valueImport, "\r\n"),
    },
    {
      name: "one whose value is not kept, under a name that is free",
      invalid: inMethod("let attempt = 1;\n    await «globalThis.fetch(url)»; // why"),
      errors: [
        attempt(
          inMethod(
            'let attempt = 1;\n    const attempted = await Result.attempt("FETCH_FAILED", () => globalThis.fetch(url));\n' +
              "    if (!attempted.success) return attempted; // why",
          ),
        ),
      ],
      valid: inMethod("let attempt = 1;"),
    },
    {
      name: "one in a field's function, where a member has the name",
      invalid: `${valueImport}\nexport class Mail extends Service {\n  send = async () => {\n    this.attempt(await 1);\n    await «fetch("a")»;\n  };\n}`,
      errors: [
        attempt(
          `${valueImport}\nexport class Mail extends Service {\n  send = async () => {\n    this.attempt(await 1);\n    ` +
            `const attempt = await Result.attempt("FETCH_FAILED", () => fetch("a"));\n    if (!attempt.success) return attempt;\n  };\n}`,
        ),
      ],
      valid: `${valueImport}\nexport class Mail extends Service {\n  send = async () => Result.success(1);\n}`,
    },
    ...[
      "const page = /* why */ await «fetch(url)»;",
      "const page = await «fetch(url)» /* why */;",
      "const page = await «fetch(await url)»;",
      "const one = 1, page = await «fetch(url)»;",
      "return await «fetch(url)»;",
      "return { page: await «fetch(url)» };",
      "if (url) await «fetch(url)»;",
      "(await «fetch(url)»).clone();",
      "const { attempt, attempted, outcome } = { attempt: 1, attempted: 1, outcome: 1 }; await «fetch(url)»;",
      "await [url].map(async (each) => { await «fetch(each)»; }).at(0);"
        .replace("await [url]", "await Promise.all([url]")
        .replace(".at(0)", ")"),
      "await «fetch(url)».then((page) => page);",
    ].map((code) => ({
      name: `without a suggestion: ${code.replace(/[«»]/g, "")}`,
      invalid: inMethod(code),
      errors: [rejects("fetch")],
      valid: inMethod(`try { ${code.replace(/[«»]/g, "").replace(/return (?:await )?/, "await ")} } catch {}`),
    })),
    ...[
      `import { Service, type Result } from "@phasewise/runtime";`,
      `import { Service } from "@phasewise/runtime"; import type { Result } from "@phasewise/runtime";`,
      `import { Service } from "@phasewise/runtime"; import { Result } from "./results.js";`,
      `import { Service } from "@phasewise/runtime"; const Result = 1;`,
    ].map((imports) => ({
      name: `without a suggestion, where no value is imported: ${imports}`,
      invalid: inMethod(kept.before, imports),
      errors: [rejects("fetch")],
      valid: inMethod(`return url;`, imports),
    })),
  ]);
});

describe("a comment that accepts a finding", () => {
  const service = `import { Service } from "@phasewise/runtime";\nimport { load } from "./load.js";\nexport class Mail extends Service {\n  async send() {\n    await load();\n  }\n}\n`;
  const load = (comment: string) => `${comment}\nexport const load = async () => { await fetch("a"); };\n`;
  const thrown = (comment: string) => `export const load = async () => {\n  ${comment}\n  throw new Error();\n};\n`;

  test.for([load, thrown])("counts where the path ends, for all who get there", async (write) => {
    await using workspace = await Workspace.create({
      "modules/load.ts": write("// eslint-disable-next-line phasewise/no-throw-in-service -- a defect"),
      "modules/mail.ts": service,
    });
    const find = async () => (await workspace.lintWithEslint()).filter(({ rule }) => rule === "no-throw-in-service");
    expect(await find()).toEqual([]);

    await workspace.write({ "modules/load.ts": write("") });
    expect((await find()).map(({ file, line }) => `${file}:${line}`)).toEqual(["modules/mail.ts:5"]);
  });

  test.for([load, thrown])("counts as used there, in a file without a service", async (write) => {
    const comment = "// eslint-disable-next-line phasewise/no-throw-in-service -- a defect";
    await using workspace = await Workspace.create({ "modules/load.ts": write(comment), "modules/mail.ts": service });
    const linterOptions = { reportUnusedDisableDirectives: "error" } as const;
    const eslint = new ESLint({
      cwd: workspace.folder,
      overrideConfigFile: true,
      overrideConfig: [...(plugin.configs.recommended as Linter.Config[]), { linterOptions }],
    });
    const [result] = await eslint.lintFiles(["modules/load.ts"]);
    expect(result?.messages).toEqual([]);
  });
});

test("a file of tests may have services that throw", async () => {
  const code = `import { Service } from "@phasewise/runtime";\nexport class Mail extends Service {\n  async send() {\n    throw new Error();\n  }\n}\n`;
  await using workspace = await Workspace.create({ "modules/mail.test.ts": code, "modules/mail.ts": code });
  const findings = (await workspace.lintWithEslint()).filter(({ rule }) => rule === "no-throw-in-service");
  expect(findings.map(({ file }) => file)).toEqual(["modules/mail.ts"]);
});
