import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assertFailure, assertSuccess } from "../assert-result.js";
import type { DatabaseCases } from "./statement-cases.js";

const createNotes = "CREATE TABLE notes (text text);\nCREATE INDEX ON notes (text);\n";
const addNote = "-- one; two\nINSERT INTO notes VALUES ('a;b'), ($$c;d$$);";

/** What migrations have to do. */
export const migrationCases = {
  "applies migrations in order of name, each once": async ({ database }) => {
    await withFolder({ "10-add.sql": addNote, "02-create.sql": createNotes, "README.md": "no" }, async (folder) => {
      assert.deepEqual(assertSuccess(await database.migrate(folder)), ["02-create.sql", "10-add.sql"]);
      assert.deepEqual(assertSuccess(await database.migrate(pathToFileURL(folder))), []);
      await writeFile(join(folder, "11-more.sql"), "INSERT INTO notes VALUES ('e')");
      assert.deepEqual(assertSuccess(await database.migrate(folder)), ["11-more.sql"]);
      assert.equal(assertSuccess(await database.query("SELECT FROM notes")).length, 3);
    });
  },
  "keeps files of the same name apart by their owners": async ({ database }) => {
    for (const owner of ["billing", "mail"]) {
      await withFolder({ "1.sql": `CREATE TABLE ${owner} (text text)` }, async (folder) => {
        assert.deepEqual(assertSuccess(await database.migrate(folder, { owner })), ["1.sql"]);
        assert.deepEqual(assertSuccess(await database.migrate(folder, { owner })), []);
      });
    }
    assertSuccess(await database.query("SELECT FROM billing, mail"));
  },
  "applies migrations once when several ask at the same time": async ({ database }) => {
    await withFolder({ "1.sql": createNotes, "2.sql": addNote }, async (folder) => {
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => database.migrate(folder)));
      assert.deepEqual(outcomes.flatMap(assertSuccess).sort(), ["1.sql", "2.sql"]);
      assert.equal(assertSuccess(await database.query("SELECT FROM notes")).length, 2);
    });
  },
  "answers MIGRATION_CHANGED for a file that is not what was applied, and applies nothing": async ({ database }) => {
    await withFolder({ "1.sql": createNotes }, async (folder) => {
      assertSuccess(await database.migrate(folder));
      await writeFile(join(folder, "1.sql"), createNotes.replaceAll("\n", "\r\n"));
      assertSuccess(await database.migrate(folder));
      await writeFile(join(folder, "1.sql"), `${createNotes} `);
      await writeFile(join(folder, "0.sql"), "CREATE TABLE others (text text)");
      assertFailure(await database.migrate(folder), "MIGRATION_CHANGED");
      assertFailure(await database.query("SELECT FROM others"), "QUERY_FAILED");
    });
  },
  "keeps nothing of a file that fails, and can go on when it is corrected": async ({ database }) => {
    await withFolder({ "1.sql": createNotes, "2.sql": `${addNote} INSERT INTO nowhere VALUES (1)` }, async (folder) => {
      assertFailure(await database.migrate(folder), "MIGRATION_FAILED");
      assert.deepEqual(assertSuccess(await database.query("SELECT FROM notes")), []);
      await writeFile(join(folder, "2.sql"), addNote);
      assert.deepEqual(assertSuccess(await database.migrate(folder)), ["2.sql"]);
    });
  },
  "answers MIGRATION_FAILED for a file that ends its transaction": async ({ database }) => {
    await withFolder({ "1.sql": "CREATE TABLE notes (text text); COMMIT; BEGIN" }, async (folder) => {
      assertFailure(await database.migrate(folder), "MIGRATION_FAILED");
    });
    assertSuccess(await database.query("SELECT 1"));
  },
  "keeps what a file sets for itself from the statements after it": async ({ database }) => {
    await withFolder({ "1.sql": "SET DateStyle TO German; CREATE TABLE notes (text text)" }, async (folder) => {
      assertSuccess(await database.migrate(folder));
    });
    const [row] = assertSuccess(await database.query<{ day: string }>("SELECT '2026-03-29'::date AS day"));
    assert.equal(row?.day, "2026-03-29");
  },
  "answers MIGRATIONS_UNREADABLE for a folder that is not there": async ({ database }) => {
    assertFailure(await database.migrate(join(tmpdir(), "phasewise-no-such-folder")), "MIGRATIONS_UNREADABLE");
  },
} satisfies DatabaseCases;

async function withFolder(files: Readonly<Record<string, string>>, work: (folder: string) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), "phasewise-migrations-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
