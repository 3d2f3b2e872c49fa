import {
  deadLetterTopic,
  isDeadLetterTopic,
  type MessageBroker,
  type MessageSource,
  type SealedMessage,
  type SubscriptionPlan,
} from "@phasewise/runtime/platform";
import type { Redis } from "ioredis";
import type { PubSubSettings } from "./pub-sub-settings.js";
import { RedisSource } from "./redis-source.js";

/** How long the id of a message is remembered, in milliseconds. */
const memoryMs = 120_000;

/** Stores messages in streams: `<prefix><topic>`, with ids that are remembered in `<prefix><topic>#<id>`. */
export class RedisBroker implements MessageBroker {
  readonly #redis: Redis;
  readonly #settings: PubSubSettings;

  constructor(redis: Redis, settings: PubSubSettings) {
    this.#redis = redis;
    this.#settings = settings;
  }

  async store(topic: string, { id, isIdempotent, text }: SealedMessage): Promise<void> {
    const { prefix, maxMessages, maxDeadLetters } = this.#settings;
    const key = prefix + topic;
    const isDead = isDeadLetterTopic(topic);
    const limits = isDead ? ["dead", maxDeadLetters] : ["living", maxMessages];
    const times = isIdempotent ? memoryMs : 0;
    const stored = await this.#redis.eval(storeScript, 2, key, `${key}#${id}`, text, times, ...limits);
    if (stored !== 1) throw new Error(`There is no room for more on ${topic}: some group has not handled what is there.`);
  }

  async open(plan: SubscriptionPlan): Promise<MessageSource> {
    const { prefix, maxDeadLetters } = this.#settings;
    const keys = { topic: prefix + plan.topic, dead: prefix + deadLetterTopic(plan.topic) };
    const source = new RedisSource(this.#redis, { plan, keys, maxDeadLetters });
    await source.open();
    return source;
  }
}

/**
 * Stores a message as one step. Now and then, and when a topic is full, what all groups have handled goes first: everything
 * below the oldest message that some group has pending, or has not been given.
 */
const storeScript = `
local text, memoryMs, kind, limit = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
if memoryMs > 0 and redis.call("EXISTS", KEYS[2]) == 1 then return 1 end

local function isBefore(one, other)
  local oneMs, oneNumber = one:match("(%d+)-(%d+)")
  local otherMs, otherNumber = other:match("(%d+)-(%d+)")
  if oneMs ~= otherMs then return tonumber(oneMs) < tonumber(otherMs) end
  return tonumber(oneNumber) < tonumber(otherNumber)
end

local function trim()
  local oldest
  for _, fields in ipairs(redis.call("XINFO", "GROUPS", KEYS[1])) do
    local group = {}
    for index = 1, #fields, 2 do group[fields[index]] = fields[index + 1] end
    local needed = group["last-delivered-id"]
    if group["pending"] > 0 then needed = redis.call("XPENDING", KEYS[1], group["name"])[2] end
    if not oldest or isBefore(needed, oldest) then oldest = needed end
  end
  if oldest then redis.call("XTRIM", KEYS[1], "MINID", oldest) else redis.call("XTRIM", KEYS[1], "MAXLEN", 0) end
end

if kind == "dead" then
  redis.call("XADD", KEYS[1], "MAXLEN", limit, "*", "event", text)
else
  local length = redis.call("XLEN", KEYS[1])
  if length >= limit or (length > 0 and length % 100 == 0) then trim() end
  if redis.call("XLEN", KEYS[1]) >= limit then return 0 end
  redis.call("XADD", KEYS[1], "*", "event", text)
end
if memoryMs > 0 then redis.call("SET", KEYS[2], 1, "PX", memoryMs) end
return 1
`;
