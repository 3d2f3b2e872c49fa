import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { DatabaseService as PgliteService } from "../../../../templates/platform/database/pglite/database-service.js";
import { databaseSettings as pgliteSettings } from "../../../../templates/platform/database/pglite/database-settings.js";
import { DatabaseService as PostgresService } from "../../../../templates/platform/database/postgres/database-service.js";
import { databaseSettings as postgresSettings } from "../../../../templates/platform/database/postgres/database-settings.js";
import { activeService } from "../active-service.js";

/** PostgreSQL in this process, in memory or in the folder. */
export function openPglite(settings: { directory?: string; timeoutMs?: number } = {}) {
  return activeService(new PgliteService(), pgliteSettings.parse(settings));
}

/** A server, at a URL. */
export function openPostgres(url: string, settings: object = {}) {
  return activeService(new PostgresService(), postgresSettings.parse({ url, ...settings }));
}

/** A schema of its own on a server. */
export interface TestSchema extends AsyncDisposable {
  readonly name: string;
  /** The URL of the server, by which the schema is the one that is used. */
  readonly url: string;
}

export async function createSchema(url: string): Promise<TestSchema> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(url, `CREATE SCHEMA ${name}`);
  const own = new URL(url);
  own.searchParams.set("options", `-c search_path=${name}`);
  return {
    name,
    url: own.href.replaceAll("+", "%20"),
    [Symbol.asyncDispose]: () => onServer(url, `DROP SCHEMA ${name} CASCADE`),
  };
}

/** Runs a statement past the adapters. */
export async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
