import { describe } from "vitest";
import { type Pair, testRule } from "../rule-tester.js";

const second = (database = "this.#pool", line = "9", method = "Orders.place") => ({
  messageId: "second",
  data: { method, database, line },
});

const head = `
import { Result, Service, findConnection, transaction, transactional, type TransactionSource } from "@phasewise/runtime";
import { Pool } from "pg";
declare const source: TransactionSource<Pool>;
declare const sql: (texts: TemplateStringsArray, ...values: unknown[]) => Promise<unknown>;
export class Orders extends Service {
  #pool = new Pool(); other = new Pool();
`;
const insert = `await this.#pool.query("INSERT INTO orders VALUES (1)");`;
const update = `await this.#pool.query("UPDATE stock SET amount = 1")`;
const inMethod = (code: string) =>
  `${head}async place(given: Pool, id = 1) {\n${code}\n return Result.success(id); } }`;
const testMethods = (pairs: readonly Pair[]) =>
  testRule(
    "require-transaction",
    pairs.map((pair) => ({ ...pair, invalid: inMethod(pair.invalid), valid: inMethod(pair.valid) })),
  );

describe("two writes", () => {
  testMethods([
    {
      name: "two to one database, but not one, or a read",
      invalid: `${insert} await «this.#pool.query("UPDATE stock SET amount = 1")»;`,
      errors: [second()],
      valid: `${insert} await this.#pool.query("SELECT 1"); await this.#pool.query("UPDATE of the news");`,
    },
    {
      name: "the second of three, once",
      invalid: `${insert} await «this.#pool.query("delete from stock")»; ${update};`,
      errors: [second()],
      valid: `${insert} await this.other.query("delete from stock");`,
    },
    {
      name: "SQL in templates, objects, and after comments",
      invalid:
        "await this.#pool.query(`\n  INSERT INTO ${id} VALUES (1)`); await «this.#pool.query({ text: `-- why\n/* what */ Replace INTO a`, values: [id] } as never)»;",
      errors: [second()],
      valid:
        "await this.#pool.query(`\n  INSERT INTO ${id} VALUES (1)`); await this.#pool.query({ values: [id] } as never);",
    },
    {
      name: "tagged templates",
      invalid: "await sql`insert into a values (${id})`; await «sql`update a set b = ${id}`»;",
      errors: [second("sql")],
      valid: "await sql`insert into a values (${id})`; await sql`select ${id}`;",
    },
    {
      name: "calls of other names and forms, but not of functions that send nothing",
      invalid: `declare const db: any; await db!.execute("insert or ignore into a"); await («db?.exec("merge into a")»);`,
      errors: [second("db")],
      valid: `declare const db: any; await db.log("insert into a"); await db.log("update a set b"); await query("insert into a"); function query(text: string) {}`,
    },
    {
      name: "two that run at the same time",
      invalid: `await Promise.all([this.#pool.query("insert into a"), «this.#pool.query("insert into b")»]);`,
      errors: [second()],
      valid: `await Promise.all([this.#pool.query("insert into a"), this.other.query("insert into b")]);`,
    },
    {
      name: "two of a variable, but not of two variables of one name",
      invalid: `const own = new Pool(); await own.query("insert into a"); await «own.query("insert into b")»;`,
      errors: [second("own")],
      valid: `{ const own = new Pool(); await own.query("insert into a"); } { const own = new Pool(); await own.query("insert into b"); }`,
    },
    {
      name: "two in one callback, but not in two",
      invalid: `const run = async () => { ${insert} await «this.#pool.query("delete from a")»; }; await run();`,
      errors: [second()],
      valid: `const run = async () => { ${insert} }; const other = async () => { ${insert} }; await run();`,
    },
  ]);
});

describe("writes that cannot both run", () => {
  testMethods([
    {
      name: "two one after the other, but not those of if and else",
      invalid: `if (id) { ${insert} } else id = 2; await «this.#pool.query("UPDATE stock SET amount = 1")»;`,
      errors: [second()],
      valid: `if (id) { ${insert} } else { ${update}; }`,
    },
    {
      name: "one in a condition's test, but not those of its branches",
      invalid: `if (await this.#pool.query("insert into a")) { await «this.#pool.query("insert into b")»; }`,
      errors: [second()],
      valid: `id ? await this.#pool.query("insert into a") : await this.#pool.query("insert into b");`,
    },
    {
      name: "one behind a branch that goes on, but not behind one that returns",
      invalid: `if (id) { ${insert} } await «this.#pool.query("UPDATE stock SET amount = 1")»;`,
      errors: [second()],
      valid: `if (id) { ${insert} return Result.success(1); } if (id > 1) { return Result.success(await this.#pool.query("insert into b")); } ${update};`,
    },
    {
      name: "two in one case, but not in two",
      invalid: `switch (id) { case 1: ${insert} await «this.#pool.query("insert into b")»; }`,
      errors: [second()],
      valid: `switch (id) { case 1: ${insert} break; case 2: ${update}; }`,
    },
    {
      name: "one in finally, but not one in catch",
      invalid: `try { ${insert} } finally { await «this.#pool.query("insert into b")»; }`,
      errors: [second()],
      valid: `try { ${insert} } catch { ${update}; }`,
    },
  ]);
});

describe("a transaction", () => {
  const both = `${insert} await «this.#pool.query("UPDATE stock SET amount = 1")»;`;
  const plain = both.replaceAll(/[«»]/g, "");
  const errors = [second()];
  testMethods([
    {
      name: "writes beside one, but not those in one",
      invalid: `await transaction(source, async () => {}); ${both}`,
      errors,
      valid: `await transaction(source, async (connection) => { ${plain} await connection.query("insert into a"); await connection.query("insert into b"); });`,
    },
    {
      name: "writes in a callback of another kind, but not in the transaction of a package",
      invalid: `[1].map(async () => { ${both} });`,
      errors,
      valid: `const db = { $transaction: async (work: unknown) => work, begin: async (work: unknown) => work }; await db.$transaction(async () => { ${plain} }); await db.begin(async () => { ${plain} });`,
    },
    {
      name: "writes after a query, but not those of a method that begins by itself",
      invalid: `await this.#pool.query("SELECT 1"); ${both}`,
      errors,
      valid: `await this.#pool.query("BEGIN"); ${plain} await this.#pool.query("COMMIT");`,
    },
    {
      name: "writes of a pool, but not those of a connection that was handed in or begun",
      invalid: `const connection = this.other; await connection.query("insert into a"); await «connection.query("insert into b")»;`,
      errors: [second("connection")],
      valid: `await given.query("insert into a"); await given.query("insert into b"); const tx = this.other; await tx.query("insert into a"); await tx.query("insert into b");`,
    },
    {
      name: "writes of one that is no transaction's connection",
      invalid: `const found = this.other ?? undefined; await found.query("insert into a"); await «found.query("insert into b")»;`,
      errors: [second("found")],
      valid: `const found = findConnection(source) ?? this.other; await found.query("insert into a"); await found.query("insert into b");`,
    },
  ]);

  testRule("require-transaction", [
    {
      name: "a method that is decorated otherwise",
      invalid: `${head}@logged async place() {\n${both} } }\ndeclare function logged(...all: any[]): any;`,
      errors,
      valid: `${head}@transactional((self: Orders) => source) async place(): Promise<Result<void>> {\n${plain} return Result.success(undefined); } }`,
    },
    {
      name: "a public method, but not a helper, which a transaction may call",
      invalid: `${head}place = async () => {\n${both} } }`,
      errors,
      valid: `${head}async #place() {\n${plain} } private async a() {\n${plain} } protected async b() {\n${plain} } }`,
    },
    {
      name: "a service, but not another class",
      invalid: `${head}async place() {\n${both} } }`,
      errors,
      valid: `${head}} class Base {} export class Other extends Base { #pool = new Pool(); async place() { ${plain} } } export class Plain { #pool = new Pool(); async place() { ${plain} } }`,
    },
  ]);
});
