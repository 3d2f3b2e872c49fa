import { randomUUID } from "node:crypto";
import { type ActivationContext, type Logger, Result, Service } from "@phasewise/runtime";
import type { Cache, CallOptions, Database, DatabaseFailureCode } from "@phasewise/runtime/platform";
import { z } from "zod";
import { newOrder, type Order, orderColumns, orderId, type OrderRow, toOrder } from "./order.js";
import { type OrderPlaced, orderPlacedTopic } from "./order-placed.js";
import type { OrdersSettings } from "./orders-settings.js";
import type { OutboxService } from "./outbox-service.js";
import { writeTraceparent } from "./trace-context.js";

/** Accepts orders, and knows what became of them. */
export class OrderService extends Service<OrdersSettings> {
  #database!: Database;
  #cache!: Cache;
  #outbox!: OutboxService;
  #logger!: Logger;
  #cacheTtlMs!: number;

  protected override async onInitialize(context: ActivationContext, { cacheTtlMs }: OrdersSettings) {
    this.#database = context.getService("core.database");
    this.#cache = context.getService("core.cache");
    this.#outbox = context.getService("orders.outbox");
    this.#logger = context.logger;
    this.#cacheTtlMs = cacheTtlMs;
    return Result.success(undefined);
  }

  /**
   * Accepts an order: it is kept together with the message that tells of it, or neither is.
   * @returns `INVALID_ORDER` when something of it is missing or out of range.
   */
  async place(
    order: unknown,
    options?: CallOptions,
  ): Promise<Result<Order, "INVALID_ORDER" | "NOT_INITIALIZED" | DatabaseFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const checked = newOrder.safeParse(order);
    if (!checked.success) return Result.error("INVALID_ORDER", z.prettifyError(checked.error));
    const { customer, article, quantity } = checked.data;
    const id = randomUUID();
    const message: OrderPlaced = { orderId: id, traceparent: writeTraceparent() };
    return this.#database.withTransaction(async (sql) => {
      const placed = await sql.query<OrderRow>(insertSql, [id, customer, article, quantity]);
      if (!placed.success) return placed;
      const added = await this.#outbox.add({ id, topic: orderPlacedTopic, data: message });
      return added.success ? Result.success(toOrder(placed.data[0]!)) : added;
    }, options);
  }

  /**
   * Finds an order. One that is shipped comes from the cache, if that has it: nothing of it changes any more.
   * @returns `NOT_FOUND` when no order has this id.
   */
  async find(
    id: string,
    options?: CallOptions,
  ): Promise<Result<Order, "NOT_FOUND" | "NOT_INITIALIZED" | DatabaseFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const cached = await this.#cache.get<Order>(["orders", id], options);
    if (cached.success && cached.data) return Result.success(cached.data);
    if (!orderId.safeParse(id).success) return Result.error("NOT_FOUND", "An order has a UUID for an id.");
    const found = await this.#database.query<OrderRow>(findSql, [id], options);
    if (!found.success) return found;
    const [row] = found.data;
    if (!row) return Result.error("NOT_FOUND", `There is no order ${id}.`);
    return Result.success(await this.#keepFinal(toOrder(row), options));
  }

  /** The latest orders of a customer, 100 at most. */
  async list(
    customer: string,
    options?: CallOptions,
  ): Promise<Result<readonly Order[], "NOT_INITIALIZED" | DatabaseFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const found = await this.#database.query<OrderRow>(listSql, [customer], options);
    return Result.map(found, (rows) => rows.map(toOrder));
  }

  /** The ids of those that were placed and not shipped, the oldest first, 1,000 at most. */
  async listPending(
    options?: CallOptions,
  ): Promise<Result<readonly string[], "NOT_INITIALIZED" | DatabaseFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const found = await this.#database.query<{ id: string }>(pendingSql, [], options);
    return Result.map(found, (rows) => rows.map(({ id }) => id));
  }

  /** Marks an order as shipped, within the transaction of whoever ships it. */
  async markShipped(
    id: string,
    options?: CallOptions,
  ): Promise<Result<undefined, "NOT_FOUND" | "NOT_INITIALIZED" | DatabaseFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const marked = await this.#database.execute(shippedSql, [id], options);
    if (!marked.success) return marked;
    return marked.data === 1 ? Result.success(undefined) : Result.error("NOT_FOUND", `There is no order ${id}.`);
  }

  /** Keeps what will not change any more. A cache that is away costs time, and nothing else. */
  async #keepFinal(order: Order, options?: CallOptions): Promise<Order> {
    if (order.shippedAt === null) return order;
    const kept = await this.#cache.set(["orders", order.id], order, { ...options, ttlMs: this.#cacheTtlMs });
    if (!kept.success) this.#logger.debug("an order was not cached", { code: kept.error.code });
    return order;
  }
}

const insertSql = `INSERT INTO orders (id, customer, article, quantity) VALUES ($1, $2, $3, $4) RETURNING ${orderColumns}`;
const findSql = `SELECT ${orderColumns} FROM orders WHERE id = $1`;
const listSql = `SELECT ${orderColumns} FROM orders WHERE customer = $1 ORDER BY placed_at DESC LIMIT 100`;
const pendingSql = "SELECT id FROM orders WHERE shipped_at IS NULL ORDER BY placed_at LIMIT 1000";
const shippedSql = "UPDATE orders SET shipped_at = now() WHERE id = $1 AND shipped_at IS NULL";
