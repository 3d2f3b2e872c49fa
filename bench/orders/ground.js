import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Client } from "pg";

const postgresUrl = process.env["PHASEWISE_POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432/test";
const redisUrl = process.env["PHASEWISE_REDIS_URL"] ?? "redis://127.0.0.1:6379";
const natsUrl = process.env["PHASEWISE_NATS_URL"] ?? "nats://127.0.0.1:4222";

/** A part of each server for one benchmark. */
export async function openGround() {
  const name = `bench_${randomUUID().replaceAll("-", "")}`;
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  await client.query(`SET search_path = ${name}`);
  return {
    client,
    env: {
      PHASEWISE_HTTP__PORT: "0",
      PHASEWISE_CORE_DATABASE__URL: `${postgresUrl}?options=-c%20search_path%3D${name}`,
      PHASEWISE_CORE_CACHE__URL: redisUrl,
      PHASEWISE_CORE_CACHE__PREFIX: `${name}:`,
      PHASEWISE_CORE_PUB_SUB__URL: natsUrl,
      PHASEWISE_CORE_PUB_SUB__PREFIX: name.replace("_", "-"),
      PHASEWISE_CORE_TRACER__SAMPLE_RATIO: "0",
    },
    async remove() {
      await client.query(`DROP SCHEMA ${name} CASCADE`);
      await client.end();
      await removeKeys(name);
      await removeStreams(name.replace("_", "-"));
    },
  };
}

/** @param {string} name */
async function removeKeys(name) {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`*${name}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
}

/** @param {string} prefix */
async function removeStreams(prefix) {
  const connection = await connect({ servers: new URL(natsUrl).host });
  const { streams } = await jetstreamManager(connection);
  for await (const name of streams.names(`${prefix}.>`)) if (name.startsWith(prefix)) await streams.delete(name);
  await connection.close();
}
