import { EventEmitter, once } from "node:events";
import { Result } from "@phasewise/runtime";
import type { Database, RowStream } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FaultProxy } from "../fault-proxy.js";
import { findServer } from "../server.js";
import { createSchema, onServer, openPostgres, type TestSchema } from "./test-databases.js";

const server = await findServer("postgres");
const reason = "missing" in server ? ` (left out: ${server.missing})` : "";

describe.skipIf("missing" in server)(`a PostgreSQL server that fails${reason}`, () => {
  let schema: TestSchema;
  beforeAll(async () => {
    schema = await createSchema("url" in server ? server.url : "");
    await onServer(schema.url, "CREATE TABLE notes (text text)");
  });
  afterAll(() => schema[Symbol.asyncDispose]());

  /** A database with a proxy before it; the limits are short where a test waits for them. */
  async function openBehindProxy(settings: object = {}) {
    const proxy = await FaultProxy.open(schema.url);
    const database = await openPostgres(proxy.through(schema.url), { maxConnections: 2, ...settings });
    await onServer(schema.url, "TRUNCATE notes");
    return {
      proxy,
      database,
      async [Symbol.asyncDispose]() {
        proxy.restore();
        await database[Symbol.asyncDispose]();
        await proxy[Symbol.asyncDispose]();
      },
    };
  }

  const recovered = (database: Database) =>
    vi.waitFor(async () => expectSuccess(await database.query("SELECT 1")), { timeout: 10_000 });
  const countNotes = async (database: Database) => expectSuccess(await database.query("SELECT FROM notes")).length;

  it("is UNAVAILABLE while it is away, and is used again when it is back", async () => {
    await using opened = await openBehindProxy();
    const { proxy, database } = opened;
    proxy.cut();
    for (let round = 0; round < 5; round++) expectFailure(await database.query("SELECT 1"), "UNAVAILABLE");
    expectFailure(await database.health(), "UNAVAILABLE");
    expectFailure(await database.withTransaction(async () => Result.success(1)), "UNAVAILABLE");
    expectFailure(await database.stream("SELECT 1"), "UNAVAILABLE");
    expectFailure(await database.migrate(import.meta.dirname), "UNAVAILABLE");
    proxy.restore();
    await recovered(database);
  });

  it("keeps nothing of a transaction in whose midst it went away", async () => {
    await using opened = await openBehindProxy();
    const { proxy, database } = opened;
    const outcome = await database.withTransaction(async (sql) => {
      expectSuccess(await sql.execute("INSERT INTO notes VALUES ('a')"));
      proxy.cut();
      return sql.execute("INSERT INTO notes VALUES ('b')");
    });
    expectFailure(outcome, "UNAVAILABLE");
    proxy.restore();
    await recovered(database);
    expect(await countNotes(database)).toBe(0);
  });

  it("answers UNAVAILABLE, and not a Success, when it goes away before the commit", async () => {
    await using opened = await openBehindProxy();
    const { proxy, database } = opened;
    const outcome = await database.withTransaction(async (sql) => {
      expectSuccess(await sql.execute("INSERT INTO notes VALUES ('a')"));
      await database.withTransaction((inner) => inner.execute("INSERT INTO notes VALUES ('b')"));
      proxy.cut();
      return Result.success(undefined);
    });
    expect(expectFailure(outcome, "UNAVAILABLE").message).toContain("whether the transaction was kept is not known");
    proxy.restore();
    await recovered(database);
    expect(await countNotes(database)).toBe(0);
  });

  it("ends a stream with UNAVAILABLE when it goes away midway", async () => {
    await using opened = await openBehindProxy();
    const { proxy, database } = opened;
    const rows = expectSuccess(await database.stream("SELECT generate_series(1, 10000)"));
    proxy.cut();
    await expect(read(rows)).rejects.toMatchObject({ name: "DatabaseError", code: "UNAVAILABLE" });
    proxy.restore();
    await recovered(database);
  });

  it("lets calls end with TIMED_OUT when it answers no more, and is used again when it does", async () => {
    await using opened = await openBehindProxy();
    const { proxy, database } = opened;
    const limits = { timeoutMs: 200 };
    proxy.drop();
    const calls = Array.from({ length: 6 }, () => database.query("SELECT 1", [], limits));
    for (const outcome of await Promise.all(calls)) expectFailure(outcome, "TIMED_OUT");
    expectFailure(await database.withTransaction((sql) => sql.query("SELECT 1"), limits), "TIMED_OUT");
    proxy.restore();
    await recovered(database);
  });

  it("answers when it is only slow", async () => {
    await using opened = await openBehindProxy();
    opened.proxy.delay(30);
    expectSuccess(await opened.database.withTransaction((sql) => sql.execute("INSERT INTO notes VALUES ('a')")));
    opened.proxy.delay(0);
    expect(await countNotes(opened.database)).toBe(1);
  });

  it("may end connections that nobody uses, and those of transactions, without an end of the process", async () => {
    await using opened = await openBehindProxy();
    const { database } = opened;
    const killOthers = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE pid <> pg_backend_pid() AND application_name = '${schema.name}'`;
    const outcome = await database.withTransaction(async (sql) => {
      expectSuccess(await sql.execute(`SET application_name = '${schema.name}'`));
      await onServer(schema.url, killOthers);
      return sql.query("SELECT 1");
    });
    expectFailure(outcome, "UNAVAILABLE");
    expectSuccess(await database.execute(`SET application_name = '${schema.name}'`));
    await onServer(schema.url, killOthers);
    await recovered(database);
  });

  it("does not let the application boot when it is away, and says where it was looked for", async () => {
    await using proxy = await FaultProxy.open(schema.url);
    proxy.cut();
    await expect(openPostgres(proxy.through(schema.url))).rejects.toThrow(/database.health/);
  });

  it("stops a statement when its time is over, and when its signal aborts", async () => {
    await using opened = await openBehindProxy({ timeoutMs: 30_000 });
    const { database } = opened;
    const mark = `/* ${schema.name} */`;
    const slow = `SELECT pg_sleep(60) ${mark}`;
    const isRunning = async () => {
      const found = await database.query(
        "SELECT FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE $1",
        [`%${mark}`],
      );
      return expectSuccess(found).length > 0;
    };
    expectFailure(await database.query(slow, [], { timeoutMs: 100 }), "TIMED_OUT");
    await vi.waitFor(async () => expect(await isRunning()).toBe(false), { timeout: 10_000 });

    const controller = new AbortController();
    const running = database.withTransaction((sql) => sql.query(slow), { signal: controller.signal });
    await vi.waitFor(async () => expect(await isRunning()).toBe(true), { timeout: 10_000 });
    controller.abort();
    expectFailure(await running, "ABORTED");
    await vi.waitFor(async () => expect(await isRunning()).toBe(false), { timeout: 10_000 });
  });

  it("serves who waits for a connection in order, and lets others give up", async () => {
    await using opened = await openBehindProxy({ timeoutMs: 30_000 });
    const { database } = opened;
    const controller = new AbortController();
    const release = new EventEmitter();
    let begun = 0;
    const hold = () =>
      database.withTransaction(async () => {
        begun++;
        await once(release, "now");
        return Result.success(undefined);
      });
    const holders = [hold(), hold()];
    await vi.waitFor(() => expect(begun).toBe(2), { timeout: 10_000 });
    expectFailure(await database.query("SELECT 1", [], { timeoutMs: 50 }), "TIMED_OUT");
    const given = database.query("SELECT 1", [], { signal: controller.signal });
    const served = database.query("SELECT 1");
    controller.abort();
    expectFailure(await given, "ABORTED");
    release.emit("now");
    for (const outcome of await Promise.all([...holders, served])) expectSuccess<unknown>(outcome);
  });

  it("is let go in bounded time when the application stops, with work that never ends", async () => {
    const opened = await openBehindProxy();
    const { database } = opened;
    const endless = () => new Promise<Result<never>>(() => {});
    const abandoned = database.withTransaction(endless, { timeoutMs: 300 });
    const unread = expectSuccess(await database.stream("SELECT generate_series(1, 5000)"));
    await opened[Symbol.asyncDispose]();
    expectFailure(await abandoned, "TIMED_OUT");
    await expect(read(unread)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expectFailure(await database.query("SELECT 1"), "NOT_INITIALIZED");
  });
});

async function read(rows: RowStream<object>): Promise<number> {
  let number = 0;
  for await (const _row of rows) number++;
  return number;
}
