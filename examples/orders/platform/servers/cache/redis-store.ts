import type { CacheStore } from "@phasewise/runtime/platform";
import type { Redis } from "ioredis";

/** Keeps texts in Redis. */
export class RedisStore implements CacheStore {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  get(key: string): Promise<string | null> {
    return this.#redis.get(this.#prefix + key);
  }

  async set(key: string, text: string, ttlMs?: number): Promise<void> {
    if (ttlMs === undefined) await this.#redis.set(this.#prefix + key, text);
    else await this.#redis.set(this.#prefix + key, text, "PX", ttlMs);
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#redis.del(this.#prefix + key)) > 0;
  }

  async increment(key: string, by: number, ttlMs?: number): Promise<number | undefined> {
    const sum = await this.#redis.eval(incrementScript, 1, this.#prefix + key, by, ttlMs ?? 0);
    return sum === null ? undefined : Number(sum);
  }
}

/** One step for the server. It knows the sums that are exact as a double, and gives nothing for any other. */
const incrementScript = `
local text = redis.call("GET", KEYS[1])
if text and not text:match("^-?%d+$") then return false end
local sum = tonumber(text or "0") + tonumber(ARGV[1])
if math.abs(sum) > 9007199254740991 then return false end
redis.call("INCRBY", KEYS[1], ARGV[1])
if not text and tonumber(ARGV[2]) > 0 then redis.call("PEXPIRE", KEYS[1], ARGV[2]) end
return string.format("%.0f", sum)
`;
