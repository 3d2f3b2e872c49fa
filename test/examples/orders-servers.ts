import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createSchema } from "../runtime/platform/database/test-databases.js";
import { removeKeys } from "../runtime/platform/remove-keys.js";
import { removeStreams } from "../runtime/platform/remove-streams.js";
import { findServer } from "../runtime/platform/server.js";

const servers = {
  postgres: await findServer("postgres"),
  redis: await findServer("redis"),
  nats: await findServer("nats"),
};

/** Why there are none. */
export const missing = Object.values(servers).flatMap((server) => ("missing" in server ? [server.missing] : []))[0];

function urlOf(kind: keyof typeof servers): string {
  const server = servers[kind];
  if ("missing" in server) throw new Error(server.missing);
  return server.url;
}

/** A part of each server for one test, removed at its end. */
export async function openServers() {
  const prefix = `test-${randomUUID()}`;
  const schema = await createSchema(urlOf("postgres"));
  const client = new Client({ connectionString: schema.url });
  await client.connect();
  return {
    /** The settings of processes that work together. */
    settings: {
      PHASEWISE_CORE_DATABASE__URL: schema.url,
      PHASEWISE_CORE_CACHE__URL: urlOf("redis"),
      PHASEWISE_CORE_CACHE__PREFIX: `${prefix}:`,
      PHASEWISE_CORE_PUB_SUB__URL: urlOf("nats"),
      PHASEWISE_CORE_PUB_SUB__PREFIX: prefix,
      PHASEWISE_CORE_TRACER__SAMPLE_RATIO: "0",
      PHASEWISE_SHIPPING__ACK_TIMEOUT_MS: "1000",
    },
    async query<Row>(sql: string): Promise<Row[]> {
      return (await client.query(sql)).rows as Row[];
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await schema[Symbol.asyncDispose]();
      await removeStreams(urlOf("nats"), prefix);
      await removeKeys(urlOf("redis"), prefix);
    },
  };
}
