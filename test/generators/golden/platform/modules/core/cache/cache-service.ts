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
import type { CacheSettings } from "./cache-settings.js";
import { MemoryStore } from "./memory-store.js";

/** A cache in the memory of this process: bounded, and gone when it ends. */
export class CacheService extends Service<CacheSettings> implements Cache {
  #calls!: PlatformCalls;
  #store!: MemoryStore;
  #cache!: StoredCache;

  protected override async onInitialize(_context: ActivationContext, settings: CacheSettings) {
    this.#calls = new PlatformCalls<never>({
      service: "cache",
      timeoutMs: settings.timeoutMs,
      codeOf: () => "UNAVAILABLE",
    });
    this.#store = new MemoryStore(settings);
    this.#cache = new StoredCache(this.#store, this.#calls, settings);
    return Result.success(undefined);
  }

  protected override async onDispose() {
    await this.#calls.drain();
    this.#store.clear();
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
    return await this.#calls.health(options, async () => ({ entries: this.#store.size }));
  }
}
