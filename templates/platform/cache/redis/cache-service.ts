import { once } from "node:events";
import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import {
  type Cache,
  type CacheFailureCode,
  type CacheKey,
  type CacheWriteOptions,
  type CallOptions,
  type Health,
  PlatformCalls,
  type PlatformFailureCode,
  StoredCache,
} from "@phasewise/runtime/platform";
import { Redis } from "ioredis";
import type { CacheSettings } from "./cache-settings.js";
import { RedisStore } from "./redis-store.js";

/** A cache in Redis, which processes share. While the server is away every call ends at once, with `UNAVAILABLE`. */
export class CacheService extends Service<CacheSettings> implements Cache {
  #calls!: PlatformCalls;
  #redis!: Redis;
  #cache!: StoredCache;

  protected override async onInitialize({ logger }: ActivationContext, settings: CacheSettings) {
    const { url, timeoutMs } = settings;
    const redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: timeoutMs,
      // A connection on which nobody answers is dead, whatever the network says, and is replaced.
      socketTimeout: 2 * timeoutMs,
      // Nothing waits for the server to come back, and nothing is done twice.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    });
    redis.on("error", (error: Error) => logger.warn("Redis cannot be reached", { error: error.message }));
    this.#calls = new PlatformCalls<never>({ service: "cache", timeoutMs, codeOf: () => "UNAVAILABLE" });
    this.#redis = redis;
    this.#cache = new StoredCache(new RedisStore(redis, settings.prefix), this.#calls, settings);

    // The first error says why there is no connection; the promise of connect only that there is none.
    const connected = await Result.attempt("UNAVAILABLE", () => Promise.all([once(redis, "ready"), redis.connect()]));
    if (!connected.success) redis.disconnect();
    return connected;
  }

  protected override async onDispose() {
    await this.#calls.drain();
    this.#redis.disconnect();
  }

  async get<T>(key: CacheKey, options?: CallOptions): Promise<Result<T | undefined, CacheFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#cache.get<T>(key, options);
  }

  async set(key: CacheKey, value: unknown, options?: CacheWriteOptions): Promise<Result<undefined, CacheFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#cache.set(key, value, options);
  }

  async delete(key: CacheKey, options?: CallOptions): Promise<Result<boolean, CacheFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#cache.delete(key, options);
  }

  async getOrSet<T, C extends string = never>(
    key: CacheKey,
    compute: (signal: AbortSignal) => Promise<Result<T, C>>,
    options?: CacheWriteOptions,
  ): Promise<Result<T, C | CacheFailureCode | "COMPUTE_FAILED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#cache.getOrSet(key, compute, options);
  }

  async increment(key: CacheKey, by?: number, options?: CacheWriteOptions): Promise<Result<number, CacheFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#cache.increment(key, by, options);
  }

  async health(options?: CallOptions): Promise<Result<Health, PlatformFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.health(options, async () => ({ answer: await this.#redis.ping() }));
  }
}
