import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import type {
  CallOptions,
  Database,
  DatabaseFailureCode,
  PubSub,
  PubSubFailureCode,
  TopicSubscription,
  Tracer,
} from "@phasewise/runtime/platform";
import type { OrderService } from "../orders/order-service.js";
import { type OrderPlaced, orderPlacedTopic } from "../orders/order-placed.js";
import { continueTrace } from "../orders/trace-context.js";
import type { ShippingSettings } from "./shipping-settings.js";

type ShipFailureCode = "NOT_FOUND" | "NOT_INITIALIZED" | DatabaseFailureCode;

/** Ships orders, each once, however often it is told to. */
export class ShippingService extends Service<ShippingSettings> {
  #database!: Database;
  #orders!: OrderService;
  #pubSub!: PubSub;
  #tracer!: Tracer;
  #settings!: ShippingSettings;
  #subscription: TopicSubscription | undefined;

  protected override async onInitialize(context: ActivationContext, settings: ShippingSettings) {
    this.#database = context.getService("core.database");
    this.#orders = context.getService("orders");
    this.#pubSub = context.getService("core.pub-sub");
    this.#tracer = context.getService("core.tracer");
    this.#settings = settings;
    return Result.success(undefined);
  }

  /** Waits for what is being shipped. */
  protected override async onDispose() {
    await this.#subscription?.close();
  }

  /** Ships what is placed from now on, also by other processes, together with all processes that do the same. */
  async shipPlaced(options?: CallOptions): Promise<Result<undefined, "NOT_INITIALIZED" | PubSubFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const { concurrency, ackTimeoutMs } = this.#settings;
    const subscribed = await this.#pubSub.subscribe<OrderPlaced>(
      orderPlacedTopic,
      ({ data }, { signal }) => continueTrace(data.traceparent, () => this.ship(data.orderId, { signal })),
      { ...options, group: "shipping", concurrency, ackTimeoutMs },
    );
    return Result.map(subscribed, (subscription) => void (this.#subscription = subscription));
  }

  /** Ships what was placed and not shipped, such as before anybody subscribed: until nothing is left. */
  async shipPending(options?: CallOptions): Promise<Result<undefined, ShipFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    while (true) {
      const pending = await this.#orders.listPending(options);
      if (!pending.success) return pending;
      if (pending.data.length === 0) return Result.success(undefined);
      for (const id of pending.data) {
        const shipped = await this.ship(id, options);
        if (!shipped.success) return shipped;
      }
    }
  }

  /**
   * Ships an order, unless it is shipped, and gives whether it was done now.
   * @returns `CONSTRAINT_VIOLATED` when no order has this id.
   */
  async ship(orderId: string, options?: CallOptions): Promise<Result<boolean, ShipFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    return this.#tracer.withSpan("shipping.ship", () =>
      this.#database.withTransaction(async (sql) => {
        const added = await sql.execute(addSql, [orderId, this.#settings.name]);
        if (!added.success) return added;
        if (added.data === 0) return Result.success(false);
        return Result.map(await this.#orders.markShipped(orderId), () => true);
      }, options),
    );
  }
}

const addSql = "INSERT INTO shipments (order_id, shipped_by) VALUES ($1, $2) ON CONFLICT DO NOTHING";
