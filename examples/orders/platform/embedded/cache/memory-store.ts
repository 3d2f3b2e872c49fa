import { type Clock, currentClock } from "@phasewise/runtime";
import type { CacheStore } from "@phasewise/runtime/platform";
import { LRUCache } from "lru-cache";
import type { CacheSettings } from "./cache-settings.js";

interface Entry {
  readonly text: string;
  readonly dueMs: number;
}

/** Keeps what was used last, by the clock of the application. */
export class MemoryStore implements CacheStore {
  readonly #clock: Clock = currentClock();
  readonly #entries: LRUCache<string, Entry>;

  constructor({ maxEntries, maxCharacters }: CacheSettings) {
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxCharacters,
      sizeCalculation: ({ text }, key) => text.length + key.length,
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  clear(): void {
    this.#entries.clear();
  }

  async get(key: string): Promise<string | undefined> {
    return this.#find(key)?.text;
  }

  async set(key: string, text: string, ttlMs = Infinity): Promise<void> {
    this.#entries.set(key, { text, dueMs: this.#clock.now() + ttlMs });
  }

  async delete(key: string): Promise<boolean> {
    return this.#find(key) !== undefined && this.#entries.delete(key);
  }

  async increment(key: string, by: number, ttlMs = Infinity): Promise<number | undefined> {
    const { text, dueMs } = this.#find(key) ?? { text: "0", dueMs: this.#clock.now() + ttlMs };
    const sum = Number.isInteger(JSON.parse(text)) ? Number(text) + by : NaN;
    if (!Number.isSafeInteger(sum)) return undefined;
    this.#entries.set(key, { text: String(sum), dueMs });
    return sum;
  }

  #find(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.dueMs > this.#clock.now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }
}
