import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Result } from "../../results/result.js";

/** A file of migrations. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** Of its text, whatever ends its lines. */
  readonly checksum: string;
}

/** The `*.sql` files of a folder, in order of name. */
export async function readMigrations(
  directory: string | URL,
): Promise<Result<readonly Migration[], "MIGRATIONS_UNREADABLE">> {
  const folder = typeof directory === "string" ? directory : fileURLToPath(directory);
  return Result.attempt("MIGRATIONS_UNREADABLE", async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
    return Promise.all(names.map((name) => readMigration(folder, name)));
  });
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = await readFile(join(folder, name), "utf8");
  return { name, sql, checksum: createHash("sha256").update(sql.replaceAll("\r\n", "\n")).digest("hex") };
}
