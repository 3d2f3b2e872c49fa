import { randomUUID } from "node:crypto";
import { currentClock } from "@phasewise/runtime";
import {
  isDeadLetterTopic,
  type MessageSource,
  type ReceivedMessage,
  type SubscriptionPlan,
} from "@phasewise/runtime/platform";
import type { Redis } from "ioredis";

/** What a source is made of. */
export interface RedisSourceOptions {
  readonly plan: SubscriptionPlan;
  /** The keys of the stream of the topic, and of that of its dead letters. */
  readonly keys: { readonly topic: string; readonly dead: string };
  readonly maxDeadLetters: number;
}

/** An entry of a stream: its id, and its one field with its value. */
type Entry = readonly [id: string, fields: readonly [name: string, text: string]];

/**
 * The messages of a group for one of its consumers: new ones, and those whose consumer has been silent for longer than
 * `ackTimeoutMs`. A message that waits for its next delivery is one that looks as if it were silent for long enough then.
 */
export class RedisSource implements MessageSource {
  readonly #redis: Redis;
  /** A connection of its own, because reading waits, and everything behind it would as well. */
  readonly #reader: Redis;
  readonly #options: RedisSourceOptions;
  readonly #consumer = randomUUID();
  readonly #pollMs: number;
  #claimedMs = -Infinity;
  #cursor = "0-0";

  constructor(redis: Redis, options: RedisSourceOptions) {
    this.#redis = redis;
    this.#reader = redis.duplicate();
    // The first connection tells of the same server.
    this.#reader.on("error", () => {});
    this.#options = options;
    this.#pollMs = Math.min(1_000, Math.max(10, options.plan.retryDelayMs));
  }

  async open(): Promise<void> {
    try {
      await this.#createGroup();
      await this.#forgetDead();
      await this.#reader.connect();
    } catch (error) {
      this.#reader.disconnect();
      throw error;
    }
  }

  async receive(count: number, deliver: (message: ReceivedMessage) => void, signal: AbortSignal): Promise<void> {
    const claimed = await this.#claimSilent(count);
    for (const [id, text, attempt] of claimed) deliver(this.#hand(id, text, attempt));
    if (claimed.length > 0 || signal.aborted) return;
    for (const [id, [, text]] of await this.#read(count, signal)) deliver(this.#hand(id, text, 1));
  }

  async close(): Promise<void> {
    const { keys, plan } = this.#options;
    this.#reader.disconnect();
    await this.#redis.eval(leaveScript, 1, keys.topic, plan.group, this.#consumer);
  }

  /** Waits for new messages. An abort ends the waiting at the server, so that nothing is given to nobody. */
  async #read(count: number, signal: AbortSignal): Promise<readonly Entry[]> {
    const { keys, plan } = this.#options;
    const reader = await this.#reader.client("ID");
    let unblocked: Promise<unknown> = Promise.resolve();
    const unblock = () => {
      unblocked = this.#redis.client("UNBLOCK", reader).catch(() => {});
    };
    signal.addEventListener("abort", unblock, { once: true });
    try {
      const wanted = ["COUNT", count, "BLOCK", this.#pollMs, "STREAMS", keys.topic, ">"] as const;
      const answer = await this.#reader.call("XREADGROUP", "GROUP", plan.group, this.#consumer, ...wanted);
      return (answer as [key: string, entries: Entry[]] | null)?.[1] ?? [];
    } catch (error) {
      // A server that has lost its data does not know the group any more.
      if (String(error).includes("NOGROUP")) await this.#createGroup();
      throw error;
    } finally {
      signal.removeEventListener("abort", unblock);
      await unblocked;
    }
  }

  async #claimSilent(count: number): Promise<readonly [id: string, text: string, attempt: number][]> {
    const nowMs = currentClock().now();
    if (nowMs < this.#claimedMs + this.#pollMs) return [];
    const { keys, plan } = this.#options;
    const values = [plan.group, this.#consumer, plan.ackTimeoutMs, this.#cursor, count];
    const answer = await this.#redis.eval(claimScript, 1, keys.topic, ...values);
    const [cursor, claimed] = answer as [string, [string, string, number][]];
    this.#cursor = cursor;
    // With more to come, the next one is not waited for.
    if (claimed.length === 0) this.#claimedMs = nowMs;
    return claimed;
  }

  #hand(id: string, text: string, attempt: number): ReceivedMessage {
    const { keys, plan, maxDeadLetters } = this.#options;
    const { group, ackTimeoutMs } = plan;
    const setIdle = async (idleMs: number) => {
      await this.#redis.call("XCLAIM", keys.topic, group, this.#consumer, 0, id, "IDLE", idleMs, "JUSTID");
    };
    return {
      text,
      attempt,
      acknowledge: async () => void (await this.#redis.xack(keys.topic, group, id)),
      retry: (delayMs) => setIdle(ackTimeoutMs - delayMs),
      extend: () => setIdle(0),
      bury: async () => {
        await this.#redis.eval(buryScript, 2, keys.topic, keys.dead, group, id, text, maxDeadLetters);
      },
    };
  }

  /** Those that were killed could not leave. Their messages have gone to others long before. */
  async #forgetDead(): Promise<void> {
    const { keys, plan } = this.#options;
    await this.#redis.eval(forgetScript, 1, keys.topic, plan.group, 10 * plan.ackTimeoutMs);
  }

  async #createGroup(): Promise<void> {
    const { keys, plan } = this.#options;
    const from = isDeadLetterTopic(plan.topic) ? "0" : "$";
    try {
      await this.#redis.xgroup("CREATE", keys.topic, plan.group, from, "MKSTREAM");
    } catch (error) {
      if (!String(error).includes("BUSYGROUP")) throw error;
    }
  }
}

/** Takes over messages that have been silent for too long, and says how often each was delivered. */
const claimScript = `
local group, consumer, silentMs, cursor, count = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local answer = redis.call("XAUTOCLAIM", KEYS[1], group, consumer, silentMs, cursor, "COUNT", count)
local claimed = {}
for _, entry in ipairs(answer[2]) do
  local pending = redis.call("XPENDING", KEYS[1], group, entry[1], entry[1], 1)
  claimed[#claimed + 1] = {entry[1], entry[2][2], pending[1][4]}
end
return {answer[1], claimed}
`;

/** Stores a dead letter and acknowledges the message, as one step. */
const buryScript = `
redis.call("XADD", KEYS[2], "MAXLEN", ARGV[4], "*", "event", ARGV[3])
return redis.call("XACK", KEYS[1], ARGV[1], ARGV[2])
`;

/** Forgets a consumer, unless messages of it wait for their next delivery: they would be forgotten with it. */
const leaveScript = `
if redis.call("EXISTS", KEYS[1]) == 0 then return 0 end
if #redis.call("XPENDING", KEYS[1], ARGV[1], "-", "+", 1, ARGV[2]) > 0 then return 0 end
return redis.call("XGROUP", "DELCONSUMER", KEYS[1], ARGV[1], ARGV[2])
`;

/** Forgets consumers that have been silent for so long, and of which no message is left. */
const forgetScript = `
for _, fields in ipairs(redis.call("XINFO", "CONSUMERS", KEYS[1], ARGV[1])) do
  local consumer = {}
  for index = 1, #fields, 2 do consumer[fields[index]] = fields[index + 1] end
  local isSilent = consumer["idle"] > tonumber(ARGV[2])
  if isSilent and consumer["pending"] == 0 then redis.call("XGROUP", "DELCONSUMER", KEYS[1], ARGV[1], consumer["name"]) end
end
return 1
`;
