import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import type {
  CallOptions,
  Database,
  DatabaseFailureCode,
  PubSub,
  PubSubFailureCode,
} from "@phasewise/runtime/platform";

/** A message that is to be published. */
export interface OutboxMessage {
  readonly id: string;
  readonly topic: string;
  readonly data: object;
}

/** Messages that are kept with what they tell, in one transaction, and published after it. */
export class OutboxService extends Service {
  #database!: Database;
  #pubSub!: PubSub;

  protected override async onInitialize(context: ActivationContext) {
    this.#database = context.getService("core.database");
    this.#pubSub = context.getService("core.pub-sub");
    return Result.success(undefined);
  }

  /** Keeps a message, within the transaction of whoever calls. */
  async add(
    { id, topic, data }: OutboxMessage,
    options?: CallOptions,
  ): Promise<Result<number, "NOT_INITIALIZED" | DatabaseFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    return this.#database.execute(addSql, [id, topic, JSON.stringify(data)], options);
  }

  /**
   * Publishes the oldest messages, as many as `batchSize` at most, and gives how many. When one cannot be published, all of them stay,
   * and those that could are published once more by and by, with the same id. Several processes may relay at the same time.
   */
  async relay(
    batchSize: number,
    options?: CallOptions,
  ): Promise<Result<number, "NOT_INITIALIZED" | DatabaseFailureCode | PubSubFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    return this.#database.withTransaction(async (sql, { signal }) => {
      const taken = await sql.query<OutboxMessage>(takeSql, [batchSize]);
      if (!taken.success) return taken;
      const publish = ({ id, topic, data }: OutboxMessage) => this.#pubSub.publish(topic, data, { id, signal });
      const published = await Promise.all(taken.data.map(publish));
      return published.find((outcome) => !outcome.success) ?? Result.success(published.length);
    }, options);
  }
}

const addSql = "INSERT INTO outbox (id, topic, data) VALUES ($1, $2, $3)";

/** What another process is about to publish is passed over. */
const takeSql = `
  DELETE FROM outbox
  WHERE number IN (SELECT number FROM outbox ORDER BY number LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING id, topic, data`;
