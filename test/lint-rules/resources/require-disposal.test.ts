import { describe, expect, test } from "vitest";
import { type Pair, testRule } from "../rule-tester.js";
import { Workspace } from "../workspace.js";

const lease = "Lease<Tool>";
const remedies = {
  "await using": "Declare it with `await using`, or dispose of it in `finally`.",
  using: "Declare it with `using`, or dispose of it in `finally`.",
  release: "Call its `release` in `finally`.",
};
type By = keyof typeof remedies;

const kept = (name: string, type = lease, by: By = "await using") => ({
  messageId: "kept",
  data: { name, type, remedy: remedies[by], release: "" },
});
const skipped = (release: string, name: string, type = lease, by: By = "await using") => ({
  messageId: "skipped",
  data: { name, type, remedy: remedies[by], release },
});
const lost = (code: string, type = lease, by: By = "await using") => ({
  messageId: "lost",
  data: { code, type, remedy: remedies[by] },
});

const head = `
import { type Lease, ResourcePool } from "@phasewise/runtime/resources";
import { Semaphore } from "@phasewise/runtime/tasks";
import { Service } from "@phasewise/runtime";
import { open } from "node:fs/promises";
import { Pool } from "pg";
interface Tool { cut(text: string): Promise<string>; size: number }
declare const pool: ResourcePool<Tool>;
declare const semaphore: Semaphore;
declare const database: Pool;
class File implements Disposable { size = 1; read() { return 1; } close() {} [Symbol.dispose]() {} }
class Remote implements AsyncDisposable { async read() { return 1; } async [Symbol.asyncDispose]() {} }
declare function use(value: unknown): void;
`;

interface BodyPair extends Omit<Pair, "output"> {
  /** What the fix makes of the marked code. */
  readonly fixed?: string;
}

/** Code that stands in an async function. */
function testBodies(pairs: readonly BodyPair[]): void {
  const inFunction = (code: string) => `${head}export async function run(this: any) { ${code} }`;
  testRule(
    "require-disposal",
    pairs.map(({ fixed, ...pair }) => ({
      ...pair,
      invalid: inFunction(pair.invalid),
      valid: inFunction(pair.valid),
      ...(fixed !== undefined && { output: inFunction(fixed) }),
      errors: pair.errors.map(({ suggestions, ...error }) => ({
        ...error,
        ...(Array.isArray(suggestions) && {
          suggestions: suggestions.map((one) => ({ ...one, output: inFunction(one.output) })),
        }),
      })),
    })),
  );
}

const suggests = (by: string, output: string) => ({ suggestions: [{ messageId: "use", data: { by }, output }] });

describe("a lease", () => {
  testBodies([
    {
      name: "one that is never given back, and declares it with await using",
      invalid: `const «held» = await pool.acquire(); await held.resource.cut("a");`,
      errors: [kept("held")],
      fixed: `await using held = await pool.acquire(); await held.resource.cut("a");`,
      valid: `await using held = await pool.acquire(); await held.resource.cut("a");`,
    },
    {
      name: "one that is never used, as a lock is",
      invalid: `const «permit» = await semaphore.acquire(); await pool.start();`,
      errors: [kept("permit", "Permit", "using")],
      fixed: `using permit = await semaphore.acquire(); await pool.start();`,
      valid: `using permit = await semaphore.acquire(); await semaphore.use(async () => {});`,
    },
    {
      name: "one of which something may outlive the block: a suggestion",
      invalid: `const «held» = await pool.acquire(); return held.resource.cut("a");`,
      errors: [
        {
          ...kept("held"),
          ...suggests("await using", `await using held = await pool.acquire(); return held.resource.cut("a");`),
        },
      ],
      valid: `return pool.use((tool) => tool.cut("a"));`,
    },
    {
      name: "one that an error would leave open, but not one given back in finally",
      invalid: `const «held» = await pool.acquire(); await held.resource.cut("a"); held.release();`,
      errors: [skipped("held.release", "held")],
      valid: `const held = await pool.acquire(); try { await held.resource.cut("a"); } finally { held.release(); }`,
    },
    {
      name: "one that is given back in one of two cases, but not in both",
      invalid: `const «held» = await pool.acquire(); try { await held.resource.cut("a"); } catch { held.release(); }`,
      errors: [skipped("held.release", "held")],
      valid: `const held = await pool.acquire(); try { await held.resource.cut("a"); held.release(); } catch { await held.destroy(); }`,
    },
    {
      name: "one that is given back later, but not one given back at once",
      invalid: `const «held» = await pool.acquire(); use(1); held.release();`,
      errors: [skipped("held.release", "held")],
      valid: `const held = await pool.acquire(); await held[Symbol.asyncDispose](); use(1);`,
    },
    {
      name: "one whose resource is taken, but not one whose way back is taken too",
      invalid: `const { resource } = «await pool.acquire()»; use(resource);`,
      errors: [lost("await pool.acquire()")],
      valid: `const { resource, release } = await pool.acquire(); use(resource); const { ...all } = await pool.acquire(); use([release, all]);`,
    },
    {
      name: "one that nothing holds",
      invalid: `«await pool.acquire()»; use((«await pool.acquire()»).resource); await («await open("a")»).readFile();`,
      errors: [lost("await pool.acquire()"), lost("await pool.acquire()"), lost(`await open("a")`, "FileHandle")],
      valid: `(await pool.acquire()).release(); use(await pool.acquire());`,
    },
    {
      name: "one whose resource is taken by its name, but not one whose other members may be taken",
      invalid: `const { resource: tool } = «await pool.acquire()»; use(tool);`,
      errors: [lost("await pool.acquire()")],
      valid: `const { [String("a")]: a } = await pool.acquire(); const { "release": b, resource } = await pool.acquire(); use([a, b, resource]);`,
    },
    {
      name: "one that nothing holds, but not one that is asked in a way that is worked out, or is a key",
      invalid: `(«await pool.acquire()»)["resource"];`,
      errors: [lost("await pool.acquire()")],
      valid: `(await pool.acquire())[String("a") as "resource"]; this[await pool.acquire()]; this[await pool.acquire()].a;`,
    },
    {
      name: "a lease that nothing holds, but not what is no lease, or was found",
      invalid: `const acquireTool = async () => pool.acquire(); «await acquireTool()»;`,
      errors: [lost("await acquireTool()")],
      valid: `const createRemote = async () => new Remote(); await createRemote(); const findTool = async () => pool.acquire(); await findTool();`,
    },
    {
      name: "a connection of a package's pool",
      invalid: `const «client» = await database.connect(); await client.query("a");`,
      errors: [kept("client", "PoolClient", "release")],
      valid: `const client = await database.connect(); try { await client.query("a"); } finally { client.release(); }`,
    },
    {
      name: "one among undefined, but not one among others",
      invalid: `const «permit» = semaphore.tryAcquire(); if (permit) await pool.start();`,
      errors: [
        {
          ...kept("permit", "Permit | undefined", "using"),
          ...suggests("using", `using permit = semaphore.tryAcquire(); if (permit) await pool.start();`),
        },
      ],
      valid: `const acquire = async (): Promise<Lease<Tool> | string> => "a"; const held = await acquire(); if (held) await pool.start();`,
    },
    {
      name: "one in other forms of the same",
      invalid: `const «a» = (await pool["acquire"]())!; const «b» = (await pool?.acquire()) as Lease<Tool>; let «c» = await pool.acquire(); var «d» = await pool.acquire();`,
      errors: [kept("a"), kept("b"), kept("c"), kept("d")],
      fixed: `await using a = (await pool["acquire"]())!; await using b = (await pool?.acquire()) as Lease<Tool>; let c = await pool.acquire(); var d = await pool.acquire();`,
      valid: `await using a = (await pool["acquire"]())!; await using b = (await pool?.acquire()) as Lease<Tool>;`,
    },
    {
      name: "two in one declaration, without a fix",
      invalid: `const «a» = await pool.acquire(), «b» = await pool.acquire();`,
      errors: [kept("a"), kept("b")],
      valid: `await using a = await pool.acquire(), b = await pool.acquire();`,
    },
    {
      name: "one in a case, without a fix, and in an inner block",
      invalid: `switch (1 as number) { case 1: const «a» = await pool.acquire(); } if (pool) { /* why */ const /* what */ «b» = await pool.acquire(); // end\n }`,
      errors: [kept("a"), kept("b")],
      fixed: `switch (1 as number) { case 1: const a = await pool.acquire(); } if (pool) { /* why */ await using /* what */ b = await pool.acquire(); // end\n }`,
      valid: `for (const each of [1]) { await using a = await pool.acquire(); use(each); }`,
    },
  ]);
});

describe("what others have, too", () => {
  const handedOn = (name: string, valid: string): BodyPair => ({
    name: `one that is held alone, but not one that is ${name}`,
    invalid: `const «held» = new Remote(); await held.read(); use("${name}");`,
    errors: [kept("held", "Remote")],
    fixed: `await using held = new Remote(); await held.read(); use("${name}");`,
    valid,
  });

  testBodies([
    handedOn("returned", `const held = new Remote(); await held.read(); return held;`),
    handedOn("returned in an object", `const held = new Remote(); return { held };`),
    handedOn("returned in a condition", `const held = new Remote(); return this ? held : undefined;`),
    handedOn("passed on", `const held = new Remote(); use(held);`),
    handedOn("passed on in an array", `const held = new Remote(); use([held]);`),
    handedOn("stored", `const held = new Remote(); this.held = held;`),
    handedOn("given another name", `const held = new Remote(); const other = held;`),
    handedOn("captured", `const held = new Remote(); use(() => held.read());`),
    handedOn("captured for its end", `const held = new Remote(); setTimeout(() => held[Symbol.asyncDispose]());`),
    handedOn("replaced", `let held = new Remote(); held = new Remote();`),
    handedOn("thrown", `const held = new Remote(); throw held;`),
    handedOn("awaited", `const held = new Remote(); await held;`),
    handedOn("called by a name that is worked out", `const held = new Remote(); (held as any)[String("a")]();`),
    handedOn("stopped by another", `const held = await pool.acquire(); use(held.release);`),
    handedOn("on a stack", `await using stack = new AsyncDisposableStack(); const held = stack.use(new Remote());`),
  ]);
});

describe("types", () => {
  testBodies([
    {
      name: "a Disposable that was made, also an expression of its size",
      invalid: `const «file» = new File(); if (file) use(file.size + 1); for (const each of [file.read()]) use(each);`,
      errors: [
        {
          ...kept("file", "File", "using"),
          ...suggests(
            "using",
            `using file = new File(); if (file) use(file.size + 1); for (const each of [file.read()]) use(each);`,
          ),
        },
      ],
      valid: `const list = new Set([1]); if (list) use(list.size + 1);`,
    },
    {
      name: "what is gone through, but not what a variable gets later or a pattern takes apart",
      invalid: `class Rows extends File { *[Symbol.iterator]() { yield 1; } } const «rows» = new Rows(); for (const row of rows) use(row);`,
      errors: [
        {
          ...kept("rows", "Rows", "using"),
          ...suggests(
            "using",
            `class Rows extends File { *[Symbol.iterator]() { yield 1; } } using rows = new Rows(); for (const row of rows) use(row);`,
          ),
        },
      ],
      valid: `let later: File; const { size } = new File(); for (const file of [1]) use([size, file]); let each: unknown = new File(); for (each of [1]);`,
    },
    {
      name: "what a function makes, but not what a function finds",
      invalid: `const createFile = () => new File(); const «file» = createFile();`,
      errors: [kept("file", "File", "using")],
      fixed: `const createFile = () => new File(); using file = createFile();`,
      valid: `const getFile = () => new File(); const file = getFile(); const created = () => new File(); const other = created(); const reopened = () => new File(); const third = reopened();`,
    },
    {
      name: "a class that inherits it, but not a service, which the application disposes of",
      invalid: `class Local extends Remote {} const «local» = new Local();`,
      errors: [kept("local", "Local")],
      fixed: `class Local extends Remote {} await using local = new Local();`,
      valid: `class Mail extends Service { override async [Symbol.asyncDispose]() {} } const mail = new Mail();`,
    },
    {
      name: "handles of files, but not timers, streams and servers",
      invalid: `const «file» = await open("a");`,
      errors: [kept("file", "FileHandle")],
      fixed: `await using file = await open("a");`,
      valid: `const { createReadStream } = await import("node:fs"); const stream = createReadStream("a"); const { createServer } = await import("node:http"); const server = createServer(); const createTimer = () => setInterval(() => {}); const timer = createTimer();`,
    },
    {
      name: "stacks, but not iterators",
      invalid: `const «stack» = new DisposableStack();`,
      errors: [kept("stack", "DisposableStack", "using")],
      fixed: `using stack = new DisposableStack();`,
      valid: `const createNumbers = async function* () { yield 1; }; const numbers = createNumbers(); class Stream implements AsyncDisposable { async next() { return 1; } async [Symbol.asyncDispose]() {} } const stream = new Stream();`,
    },
    {
      name: "a type with a name of its own, but not one that does not resolve",
      invalid: `type Held = Remote & { name: string }; const createHeld = () => new Remote() as Held; const «held» = createHeld();`,
      errors: [kept("held", "Held")],
      fixed: `type Held = Remote & { name: string }; const createHeld = () => new Remote() as Held; await using held = createHeld();`,
      valid: `const { createMissing } = await import("./missing.js"); const held = createMissing(); const any = new (File as any)();`,
    },
  ]);
});

describe("places", () => {
  testRule("require-disposal", [
    {
      name: "one in a function that cannot await, without a fix",
      invalid: `${head}export function run() { const «held» = new Remote(); }`,
      errors: [kept("held", "Remote")],
      valid: `${head}const held = new Remote(); export const other = new Remote();`,
    },
    {
      name: "one in a block of the top level",
      invalid: `${head}{ const «held» = new Remote(); } export {};`,
      output: `${head}{ await using held = new Remote(); } export {};`,
      errors: [kept("held", "Remote")],
      valid: `${head}for (const held = new Remote(); ; ) { use(held); }`,
    },
    {
      name: "one in a method, a getter and a static block",
      invalid: `${head}export class Own { async run() { const «a» = new Remote(); } get b() { const «b» = new File(); return 1; } static { const «c» = new Remote(); } }`,
      output: `${head}export class Own { async run() { await using a = new Remote(); } get b() { using b = new File(); return 1; } static { const c = new Remote(); } }`,
      errors: [kept("a", "Remote"), kept("b", "File", "using"), kept("c", "Remote")],
      valid: `${head}export class Own { held = new Remote(); static file = new File(); }`,
    },
  ]);
});

test("one in a JavaScript file is reported, and not changed, in both hosts; one in a test is not", async () => {
  const text = `class Remote { async [Symbol.asyncDispose]() {} }\nexport async function run() {\n  const held = new Remote();\n}\n`;
  await using workspace = await Workspace.create({ "modules/held.js": text, "modules/held.test.js": text });
  const findings = await workspace.lintWithEslint();
  expect(findings.map(({ rule, file, line }) => [rule, file, line])).toEqual([
    ["require-disposal", "modules/held.js", 3],
  ]);
  expect(await workspace.lintWithOxlint()).toEqual(findings);
});
