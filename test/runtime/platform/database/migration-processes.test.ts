import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expectSuccess } from "@phasewise/runtime/testing";
import { Client } from "pg";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../temporary-folder.js";
import { findServer } from "../server.js";
import { createSchema, openPostgres, type TestSchema } from "./test-databases.js";

const server = await findServer("postgres");
const reason = "missing" in server ? ` (left out: ${server.missing})` : "";

/** What holds a migration up until the test lets it go on. */
const gate = Math.floor(Math.random() * 2 ** 31);
const waitAtGate = `SELECT pg_advisory_xact_lock(${gate});`;
const migrations = {
  "migrations/1.sql": "CREATE TABLE notes (text text);",
  "migrations/2.sql": `INSERT INTO notes VALUES ('a'); ${waitAtGate} INSERT INTO notes VALUES ('b');`,
  "migrations/3.sql": "INSERT INTO notes VALUES ('c');",
};

describe.skipIf("missing" in server)(`migrations of several processes${reason}`, () => {
  let folder: TemporaryFolder;
  let schema: TestSchema;
  const gatekeeper = new Client({ connectionString: "url" in server ? server.url : "" });
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    schema = await createSchema("url" in server ? server.url : "");
    folder = await temporaryFolder(migrations);
    const input = join(import.meta.dirname, "migrating-process.ts");
    const conditions = ["@phasewise/source", "import", "node", "default"];
    const bundle = await rolldown({
      input,
      platform: "node",
      external: ["pg", "@electric-sql/pglite"],
      resolve: { conditionNames: conditions },
    });
    await bundle.write({ file: join(folder.path, "migrate.mjs"), format: "esm", codeSplitting: false });
    await bundle.close();
    await gatekeeper.connect();
  });
  afterAll(async () => {
    for (const child of children) child.kill("SIGKILL");
    await gatekeeper.end();
    await schema[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  /** Begins a process, whose connections are known by its name. */
  function migrateElsewhere(name: string) {
    const url = `${schema.url}&application_name=${name}`;
    const child = spawn(process.execPath, ["migrate.mjs", url, "migrations"], { cwd: folder.path });
    children.push(child);
    child.stderr.pipe(process.stderr);
    return { child, output: text(child.stdout) };
  }

  async function isWaiting(name: string): Promise<boolean> {
    const activity = "SELECT FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'";
    return (await gatekeeper.query(activity, [name])).rowCount === 1;
  }

  const untilWaiting = (name: string) =>
    vi.waitFor(async () => expect(await isWaiting(name)).toBe(true), { timeout: 30_000, interval: 50 });

  async function notes(): Promise<string[]> {
    await using database = await openPostgres(schema.url);
    const rows = expectSuccess(await database.query<{ text: string }>("SELECT text FROM notes ORDER BY text"));
    return rows.map((row) => row.text);
  }

  it("leave nothing half when a process is killed in the midst of one, which another applies then", async () => {
    await gatekeeper.query("SELECT pg_advisory_lock($1)", [gate]);
    const killed = migrateElsewhere(`${schema.name}_killed`.slice(-60));
    await untilWaiting(`${schema.name}_killed`.slice(-60));
    killed.child.kill("SIGKILL");
    await once(killed.child, "close");
    await gatekeeper.query("SELECT pg_advisory_unlock($1)", [gate]);
    expect(await notes()).toEqual([]);

    await using database = await openPostgres(schema.url);
    expect(expectSuccess(await database.migrate(join(folder.path, "migrations")))).toEqual(["2.sql", "3.sql"]);
    expect(await notes()).toEqual(["a", "b", "c"]);
  });

  it("are applied once", async () => {
    await using database = await openPostgres(schema.url);
    expectSuccess(await database.execute("DROP TABLE notes, phasewise_migrations"));
    await gatekeeper.query("SELECT pg_advisory_lock($1)", [gate]);
    const names = ["first", "second"].map((name) => `${schema.name}_${name}`.slice(-60));
    const running = names.map(migrateElsewhere);
    await Promise.all(names.map(untilWaiting));
    await gatekeeper.query("SELECT pg_advisory_unlock($1)", [gate]);
    const outputs = await Promise.all(running.map(({ output }) => output));
    const applied = outputs.map((output) => JSON.parse(output) as { data: string[] });
    expect(applied.flatMap(({ data }) => data).sort()).toEqual(["1.sql", "2.sql", "3.sql"]);
    expect(await notes()).toEqual(["a", "b", "c"]);
  });
});
