import { describe, expect, test } from "vitest";
import { type Pair, testRule, withHead } from "../rule-tester.js";
import { Workspace } from "../workspace.js";

const head = `
import * as files from "node:fs/promises";
import { access, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
declare const database: {
  query(sql: string): Promise<unknown[]>;
  transaction<T>(work: (tx: any) => Promise<T>): Promise<T>;
};
declare const reader: { readLine(length: number): Promise<string>; getText(id: number): string };
declare const users: {
  getUser(id: string): Promise<{ name: string }>;
  getNextUser(id: string): Promise<string>;
  loadFile(id: string): Promise<AsyncDisposable>;
  loadUser(id: string): Promise<{ rates: string[] }>;
  findOrCreateUser(id: string): Promise<string>;
  saveUser(id: string): Promise<void>;
};
declare const store: Record<string, (id: string) => Promise<string>>;
declare const use: (...values: unknown[]) => void;
declare const id: string;
declare const ids: string[];
declare const loose: any;
`;

const consecutive = (earlier: string, later: string, output?: string) => ({
  messageId: "consecutive",
  data: { earlier, later },
  suggestions: output === undefined ? [] : [{ messageId: "awaitAll", output }],
});
const loop = (call: string, output?: string) => ({
  messageId: "loop",
  data: { call },
  suggestions: output === undefined ? [] : [{ messageId: "awaitAll", output }],
});

function testPairs(pairs: readonly Pair[]): void {
  testRule("prefer-concurrent-await", withHead(head, pairs));
}

/** The same with statements that stand in an async function. */
function testBodies(pairs: readonly Pair[]): void {
  const inFunction = (code: string) => `export async function run() { ${code} }`;
  testPairs(
    pairs.map((pair) => ({
      ...pair,
      invalid: inFunction(pair.invalid),
      valid: inFunction(pair.valid),
      errors: pair.errors.map((error) => ({
        ...error,
        ...(Array.isArray(error.suggestions) && {
          suggestions: error.suggestions.map((suggestion) => ({
            ...suggestion,
            output: inFunction(suggestion.output),
          })),
        }),
      })),
    })),
  );
}

const one = "const user = await users.getUser(id);";
const pair = [`users.getUser(id)`, "users.loadUser(id)"] as const;

const readNames = [
  "count",
  "fetchAll",
  "findUser",
  "getUser",
  "list",
  "load",
  "lookup",
  "lstat",
  "realpath",
  "search",
  "stat",
];
const otherNames = [
  ...[
    "And",
    "Client",
    "Connection",
    "Cursor",
    "Lease",
    "Lock",
    "Next",
    "Or",
    "Permit",
    "Reader",
    "Session",
    "Transaction",
  ],
  "Writer",
].map((word) => `get${word}`);
otherNames.push("getaway", "listen", "saveUser", "readUser");
const mark = (index: number, call: string) => (index === 1 ? `«${call}»` : call);

describe("reads that follow each other", () => {
  testBodies([
    {
      name: "of which neither needs the other",
      invalid: `${one} const { rates } = await «users.loadUser(id)»; use(user, rates);`,
      errors: [
        consecutive(
          ...pair,
          "const [user, { rates }] = await Promise.all([users.getUser(id), users.loadUser(id)]); use(user, rates);",
        ),
      ],
      valid: `${one} const { rates } = await users.loadUser(user.name); use(user, rates);`,
    },
    {
      name: "of Node's files",
      invalid: `const text = await readFile(join(id, "a"), "utf8"); const { size } = await «files.stat(id)»; use(text, size);`,
      errors: [
        consecutive(
          `readFile(join(id, "a"), "utf8")`,
          "files.stat(id)",
          `const [text, { size }] = await Promise.all([readFile(join(id, "a"), "utf8"), files.stat(id)]); use(text, size);`,
        ),
      ],
      valid: `const text = await readFile(id); const written = await writeFile(id, "a"); use(text, written);`,
    },
    {
      name: "once, with all that are independent",
      invalid: `const a = await readFile("a"); const b = await «readFile("b")»; const c = await readFile("c"); use(a, b, c);`,
      errors: [
        consecutive(
          `readFile("a")`,
          `readFile("b")`,
          `const [a, b, c] = await Promise.all([readFile("a"), readFile("b"), readFile("c")]); use(a, b, c);`,
        ),
      ],
      valid: `const a = await readFile("a"); use(a); const b = await readFile("b"); if (b) use(b); const c = await readFile("c"); use(c);`,
    },
    {
      name: "up to the one that needs another, and from there",
      invalid: `const a = await readFile("a", "utf8"); const b = await readFile(a, "utf8"); const c = await «readFile("c")»; const d = await readFile(b); use(c, d);`,
      errors: [
        consecutive(
          `readFile(a, "utf8")`,
          `readFile("c")`,
          `const a = await readFile("a", "utf8"); const [b, c] = await Promise.all([readFile(a, "utf8"), readFile("c")]); const d = await readFile(b); use(c, d);`,
        ),
      ],
      valid: `const a = await readFile("a", "utf8"); const b = await readFile(a); use(b); const { size, mtime } = await stat(id); const c = await readFile(String(mtime)); use(size, c);`,
    },
    {
      name: "on either side of what is no read",
      invalid: `const a = await readFile("a"); const b = await «readFile("b")»; const c = await users.saveUser(id); const d = await readFile("d"); use(a, b, c, d);`,
      errors: [
        consecutive(
          `readFile("a")`,
          `readFile("b")`,
          `const [a, b] = await Promise.all([readFile("a"), readFile("b")]); const c = await users.saveUser(id); const d = await readFile("d"); use(a, b, c, d);`,
        ),
      ],
      valid: `const a = await readFile("a"); const c = await users.saveUser(id); const d = await readFile("d"); use(a, c, d);`,
    },
    {
      name: "that differ",
      invalid: `const a = await users.getUser("a"); const b = await «users.getUser("b")»; use(a, b);`,
      errors: [
        consecutive(
          `users.getUser("a")`,
          `users.getUser("b")`,
          `const [a, b] = await Promise.all([users.getUser("a"), users.getUser("b")]); use(a, b);`,
        ),
      ],
      valid: `const a = await users.getUser("a"); const b = await users.getUser("a"); use(a, b);`,
    },
    {
      name: "whose names say no more than that they read",
      invalid: `${one} const other = await «users.loadUser(id)»; use(user, other);`,
      errors: [
        consecutive(
          ...pair,
          "const [user, other] = await Promise.all([users.getUser(id), users.loadUser(id)]); use(user, other);",
        ),
      ],
      valid: `${one} const other = await users.findOrCreateUser(id); const last = await users.getNextUser(id); use(user, other, last);`,
    },
    {
      name: "by each name of a read",
      invalid: readNames.map((name, index) => `const a${index} = await ${mark(index, `store.${name}(id)`)};`).join(" "),
      errors: [
        consecutive(
          `store.${readNames[0]}(id)`,
          `store.${readNames[1]}(id)`,
          `const [${readNames.map((_, index) => `a${index}`).join(", ")}] = await Promise.all([${readNames.map((name) => `store.${name}(id)`).join(", ")}]);`,
        ),
      ],
      valid: otherNames.map((name) => `{ ${one} const other = await store.${name}(id); use(user, other); }`).join(" "),
    },
    {
      name: "that give promises",
      invalid: `let user = await users.getUser(id); let other = await «users.loadUser(id)»; use(user, other);`,
      errors: [
        consecutive(
          ...pair,
          "let [user, other] = await Promise.all([users.getUser(id), users.loadUser(id)]); use(user, other);",
        ),
      ],
      valid: `${one} const other = await reader.getText(1); const last = await loose.getUser(id); use(user, other, last);`,
    },
    {
      name: "outside of transactions",
      invalid: `await database.query("select"); ${one} const other = await «users.loadUser(id)»; use(user, other);`,
      errors: [
        consecutive(
          ...pair,
          `await database.query("select"); const [user, other] = await Promise.all([users.getUser(id), users.loadUser(id)]); use(user, other);`,
        ),
      ],
      valid: `await database.transaction(async () => { ${one} const other = await users.loadUser(id); use(user, other); }); const tx: any = database; const user = await users.getUser(tx); const other = await users.loadUser(tx); use(user, other);`,
    },
    {
      name: "also where it cannot show how to await them together",
      invalid: `const user: { name: string } = await users.getUser(id); const other = await «users.loadUser(id)»; use(user, other); const a = await readFile("a"); let b = await «readFile("b")»; use(a, b);`,
      errors: [consecutive(...pair), consecutive(`readFile("a")`, `readFile("b")`)],
      valid: `const user: { name: string } = await users.getUser(id); const other = await users.loadUser(user.name); use(other);`,
    },
    {
      name: "without a suggestion that would lose a comment",
      invalid: `${one} /* then */ const other = await «users.loadUser(id)»; use(user, other);`,
      errors: [consecutive(...pair)],
      valid: `${one} /* then */ const other = await users.loadUser(user.name); use(other);`,
    },
    {
      name: "from code that nobody sees, unless it may read on",
      invalid: `const a = await readFile("a"); const b = await «stat("b")»; use(a, b);`,
      errors: [
        consecutive(
          `readFile("a")`,
          `stat("b")`,
          `const [a, b] = await Promise.all([readFile("a"), stat("b")]); use(a, b);`,
        ),
      ],
      valid: `const a = await reader.readLine(1); const b = await reader.readLine(2); const c = await access("c"); use(a, b, c);`,
    },
    {
      name: "that are given values, not functions or what is waited for",
      invalid: `const a = await users.getUser(String(new URL(id))); const b = await «users.loadUser([id, ids[0]].join())»; use(a, b);`,
      errors: [
        consecutive(
          "users.getUser(String(new URL(id)))",
          "users.loadUser([id, ids[0]].join())",
          "const [a, b] = await Promise.all([users.getUser(String(new URL(id))), users.loadUser([id, ids[0]].join())]); use(a, b);",
        ),
      ],
      valid: `const a = await users.getUser(ids.pop() ?? id); const b = await users.loadUser(ids.pop() ?? id); let index = 0; const e = await users.getUser(String(index++)); const f = await users.loadUser(String(index++)); const g = await users.getUser(String(await readFile(id))); const h = await users.loadUser(String(await readFile(id))); const find = async (test: () => boolean) => test(); const c = await find(() => true); const d = await find(() => ids.push("d") > 0); use(a, b, c, d, e, f, g, h);`,
    },
    {
      name: "with `fetch`, as long as it asks and sends nothing",
      invalid: `const a = await fetch("a"); const b = await «fetch("b", { headers: {} })»; use(a, b);`,
      errors: [
        consecutive(
          `fetch("a")`,
          `fetch("b", { headers: {} })`,
          `const [a, b] = await Promise.all([fetch("a"), fetch("b", { headers: {} })]); use(a, b);`,
        ),
      ],
      valid: `const a = await fetch("a"); const b = await fetch("b", { method: "POST" }); const c = await fetch("c"); const d = await fetch("d", loose); use(a, b, c, d);`,
    },
    {
      name: "one to a declaration",
      invalid: `${one} const other = await «users.loadUser(id)»; use(other, user);`,
      errors: [
        consecutive(
          ...pair,
          "const [user, other] = await Promise.all([users.getUser(id), users.loadUser(id)]); use(other, user);",
        ),
      ],
      valid: `const user = await users.getUser(id), other = await users.loadUser(id); use(user, other); const a = users.getUser(id); const b = await a; await using c = await files.open(id); const e = await users.getUser(id); await using d = await users.loadFile(id); use(b, c, d, e);`,
    },
  ]);
});

describe("code that the reads reach", () => {
  const both = "const a = await getA(); const b = await";
  const together = "const [a, b] = await Promise.all([getA(), getB()]);";
  const testFunctions = (name: string, invalid: string, valid: string): void => {
    const of = (code: string, mark: (call: string) => string) =>
      `${code} async function getA() { return 1; }\nexport async function run() { ${both} ${mark("getB()")}; use(a, b); }`;
    testPairs([
      {
        name,
        invalid: of(invalid, (call) => `«${call}»`),
        errors: [consecutive("getA()", "getB()", of(invalid, (call) => call).replace(`${both} getB();`, together))],
        valid: of(valid, (call) => call),
      },
    ]);
  };
  testFunctions(
    "and that changes nothing that others see",
    "async function getB() { const list = []; list.push(id); let count = 0; count++; return [list, count]; }",
    "let reads = 0; async function getB() { return reads++; }",
  );
  testFunctions(
    "and that makes what it changes",
    "async function getB() { const made = { a: 1 }; made.a = 2; const map = new Map(); map.set(1, made); return map; }",
    "const map = new Map(); async function getB() { map.set(1, 1); return map; }",
  );
  testFunctions(
    "and a constructor, which fills what it makes",
    "class B { value; constructor() { this.value = 1; } } async function getB() { return new B(); }",
    "class B { value = 1; set() { this.value = 2; } } const known = new B(); async function getB() { known.set(); return known; }",
  );
  testFunctions(
    "which may count with names of its own",
    "async function getB() { let [first] = ids; first ??= id; return first; }",
    "let first: string; async function getB() { return (first ??= id); }",
  );
  testFunctions(
    "behind other functions",
    "const read = async () => readFile(id); async function getB() { return read(); }",
    "const read = async () => writeFile(id, id); async function getB() { return read(); }",
  );
  testFunctions(
    "and that sends SQL",
    "async function getB() { return database.query(`select 1`); }",
    "async function getB() { return database.query(`update users set a = 1`); }",
  );
  testFunctions(
    "and that waits",
    "async function getB() { await new Promise((resolve) => setTimeout(resolve, 1)); return 1; }",
    "declare const setLevel: (level: number) => void; async function getB() { setLevel(1); return 1; }",
  );
  testFunctions(
    "and that deletes or changes what it was given",
    "async function getB(from = { a: 1 as number | undefined }) { const copy = { ...from }; delete copy.a; return copy; }",
    "async function getB(from = { a: 1 as number | undefined }) { delete from.a; return from; }",
  );
  testFunctions(
    "and that counts down",
    "async function getB(count = 1) { --count; return -count; }",
    "const left = { count: 1 }; async function getB() { --left.count; return left; }",
  );
  testFunctions(
    "and that reads a member",
    "class B { get a() { return id; } } const b = new B(); async function getB() { return b.a; }",
    "class B { set a(value: string) { use(value); } } const b = new B(); async function getB() { b.a = id; return b; }",
  );
});

describe("a loop", () => {
  testBodies([
    {
      name: "that collects what a read gives for each item",
      invalid:
        "const found: unknown[] = []; for (const each of ids) { found.push(await «users.getUser(each)»); } use(found);",
      errors: [
        loop(
          "users.getUser(each)",
          "const found: unknown[] = []; found.push(...(await Promise.all(ids.map((each) => users.getUser(each))))); use(found);",
        ),
      ],
      valid:
        "const found: unknown[] = []; for (const each of ids) { found.push(await users.saveUser(each)); } use(found);",
    },
    {
      name: "that stores it first",
      invalid:
        "const found: unknown[] = []; for (const [each, next] of [...ids]) { const user = await «users.getUser(each ?? id)»; found.push(user); } use(found);",
      errors: [
        loop(
          "users.getUser(each ?? id)",
          "const found: unknown[] = []; found.push(...(await Promise.all(([...ids]).map(([each, next]) => users.getUser(each ?? id))))); use(found);",
        ),
      ],
      valid:
        "const found: unknown[] = []; for (const each of ids) { const user = await users.getUser(each); if (user.name) break; found.push(user); } use(found);",
    },
    {
      name: "without a block",
      invalid: "const found: unknown[] = []; for (const each of ids) found.push(await «readFile(each)»);",
      errors: [
        loop(
          "readFile(each)",
          "const found: unknown[] = []; found.push(...(await Promise.all(ids.map((each) => readFile(each)))));",
        ),
      ],
      valid: "const found: unknown[] = []; for (const each of ids) found.push(await readFile(id));",
    },
    {
      name: "over anything that can be iterated, without a suggestion",
      invalid:
        "const found: unknown[] = []; for (const each of new Set(ids)) found.push(await «readFile(each)»); for (const each of ids) found.push(await «readFile(/* it */ each)»);",
      errors: [loop("readFile(each)"), loop("readFile(/* it */ each)")],
      valid: "const found: unknown[] = []; for await (const each of new Set(ids)) found.push(await readFile(each));",
    },
    {
      name: "whose list is only collected to",
      invalid: "const found: string[] = []; for (const each of ids) found.push(await «readFile(each, `utf8`)»);",
      errors: [
        loop(
          "readFile(each, `utf8`)",
          "const found: string[] = []; found.push(...(await Promise.all(ids.map((each) => readFile(each, `utf8`)))));",
        ),
      ],
      valid:
        "const found: string[] = []; for (const each of ids) found.push(await readFile(join(each, found[0] ?? id), `utf8`)); for (const each of found) found.push(await readFile(each, `utf8`));",
    },
    {
      name: "and nothing more",
      invalid:
        "const found: unknown[] = []; for (const each of ids) { found.push(await «readFile(each)»); } use(found);",
      errors: [
        loop(
          "readFile(each)",
          "const found: unknown[] = []; found.push(...(await Promise.all(ids.map((each) => readFile(each))))); use(found);",
        ),
      ],
      valid:
        "const found: unknown[] = []; for (const each of ids) { found.push(await readFile(each), 1); } for (const each of ids) { found.unshift(await readFile(each)); } for (const each of ids) { const text = await readFile(each); found.push(each); use(text); } for (const each of ids) { const text = await readFile(each); found.push(each); } for (const each of ids) { found.push(each); } for (const each of ids) { const { name } = await users.getUser(each); found.push(name); } for (const each of ids) { const text = await readFile(each); found.push(text.length); } for (const each of ids) { use(each); found.push(each); } for (const each of ids) { use(each); const text = await readFile(each); } for (const each of ids) use(await readFile(each)); const lists = { found }; for (const each of ids) lists.found.push(await readFile(each)); let one; for (one of ids) found.push(await readFile(one)); for (const each of ids) {}",
    },
    {
      name: "outside of a transaction",
      invalid: "const found: unknown[] = []; for (const each of ids) found.push(await «users.getUser(each)»);",
      errors: [
        loop(
          "users.getUser(each)",
          "const found: unknown[] = []; found.push(...(await Promise.all(ids.map((each) => users.getUser(each)))));",
        ),
      ],
      valid:
        "const found: unknown[] = []; await database.transaction(async () => { for (const each of ids) found.push(await users.getUser(each)); });",
    },
  ]);
});

describe("a file", () => {
  testPairs([
    {
      name: "at its top level",
      invalid: `${one} const other = await «users.loadUser(id)»; use(user, other);`,
      errors: [
        consecutive(
          ...pair,
          "const [user, other] = await Promise.all([users.getUser(id), users.loadUser(id)]); use(user, other);",
        ),
      ],
      valid: `${one} const other = await users.loadUser(user.name); use(user, other);`,
    },
    {
      name: "whose methods are in no transaction",
      invalid: `export class Users { async list() { ${one} const other = await «users.loadUser(id)»; use(user, other); } }`,
      errors: [
        consecutive(
          ...pair,
          "export class Users { async list() { const [user, other] = await Promise.all([users.getUser(id), users.loadUser(id)]); use(user, other); } }",
        ),
      ],
      valid: `declare const transactional: any; export class Users { @transactional async list() { ${one} const other = await users.loadUser(id); use(user, other); } @transactional() async find() { ${one} const other = await users.loadUser(id); use(user, other); } }`,
    },
  ]);
  const reads = `import { readFile } from "node:fs/promises"; export const a = async () => { const a = await readFile("a"); const b = await readFile("b"); return [a, b]; };`;
  testRule("prefer-concurrent-await", [
    {
      name: "that is none of tests",
      invalid: reads.replace(`readFile("b")`, `«readFile("b")»`),
      errors: [
        consecutive(
          `readFile("a")`,
          `readFile("b")`,
          `import { readFile } from "node:fs/promises"; export const a = async () => { const [a, b] = await Promise.all([readFile("a"), readFile("b")]); return [a, b]; };`,
        ),
      ],
      valid: `import { readFile } from "node:fs/promises"; export const a = () => readFile("a");`,
    },
  ]);
  test("of tests is left alone", async () => {
    await using workspace = await Workspace.create({ "modules/a.test.ts": reads, "modules/b.ts": reads });
    const findings = await workspace.lintWithEslint();
    expect(findings.map(({ file, rule }) => [file, rule])).toEqual([["modules/b.ts", "prefer-concurrent-await"]]);
  });
});
