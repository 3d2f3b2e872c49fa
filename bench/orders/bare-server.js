/*
 * The orders of examples/orders on the bare libraries: the same requests, the same SQL, the same use of the cache. With `--traced`
 * also the same spans, by OpenTelemetry, of which none is recorded.
 */
import { randomUUID } from "node:crypto";
import { trace } from "@opentelemetry/api";
import { NodeTracerProvider, ParentBasedSampler, TraceIdRatioBasedSampler } from "@opentelemetry/sdk-trace-node";
import { fastify } from "fastify";
import { Redis } from "ioredis";
import { Pool } from "pg";
import { z } from "zod";

const isTraced = process.argv.includes("--traced");
if (isTraced) {
  new NodeTracerProvider({ sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0) }) }).register();
}

const pool = new Pool({ connectionString: process.env["PHASEWISE_CORE_DATABASE__URL"], max: 10 });
const redis = new Redis(process.env["PHASEWISE_CORE_CACHE__URL"] ?? "");
const prefix = `bare-${process.env["PHASEWISE_CORE_CACHE__PREFIX"]}`;

const newOrder = z.object({
  customer: z.string().trim().min(1).max(100),
  article: z.string().trim().min(1).max(100),
  quantity: z.number().int().min(1).max(1_000),
});
const orderId = z.uuid();

const columns = `id, customer, article, quantity, placed_at AS "placedAt", shipped_at AS "shippedAt"`;
const insertSql = `INSERT INTO orders (id, customer, article, quantity) VALUES ($1, $2, $3, $4) RETURNING ${columns}`;
const addSql = "INSERT INTO outbox (id, topic, data) VALUES ($1, $2, $3)";
const findSql = `SELECT ${columns} FROM orders WHERE id = $1`;

const server = fastify();

server.post("/orders", (request, reply) =>
  traced("POST /orders", async () => {
    const checked = newOrder.safeParse(request.body);
    if (!checked.success) return reply.code(400).send({ code: "INVALID_ORDER" });
    const { customer, article, quantity } = checked.data;
    const id = randomUUID();
    const message = JSON.stringify({ orderId: id });
    const row = await withTransaction(async (client) => {
      const { rows } = await traced("query", () => client.query(insertSql, [id, customer, article, quantity]));
      await traced("execute", () => client.query(addSql, [id, "orders.placed", message]));
      return rows[0];
    });
    return reply.code(201).send(row);
  }),
);

server.get("/orders/:id", (request, reply) =>
  traced("GET /orders/:id", async () => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    const cached = await traced("get", () => redis.get(prefix + id));
    if (cached !== null) return JSON.parse(cached);
    if (!orderId.safeParse(id).success) return reply.code(404).send({ code: "NOT_FOUND" });
    const { rows } = await traced("query", () => pool.query(findSql, [id]));
    if (rows.length === 0) return reply.code(404).send({ code: "NOT_FOUND" });
    const ttlMs = 600_000;
    if (rows[0].shippedAt !== null)
      await traced("set", () => redis.set(prefix + id, JSON.stringify(rows[0]), "PX", ttlMs));
    return rows[0];
  }),
);

console.log(`Listening on ${await server.listen({ port: 0 })}. `);

/** @template T @param {(client: import("pg").PoolClient) => Promise<T>} work @returns {Promise<T>} */
function withTransaction(work) {
  return traced("transaction", async () => {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const outcome = await work(client);
      await client.query("COMMIT");
      return outcome;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  });
}

/** @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>} */
function traced(name, work) {
  if (!isTraced) return work();
  return trace.getTracer("bare").startActiveSpan(name, async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });
}
