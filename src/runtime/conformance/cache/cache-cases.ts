import type { Cache } from "../../platform/cache/cache.js";

/** Cases by their names, each for an empty cache. */
export type CacheCases = Readonly<Record<string, (cache: Cache) => Promise<void>>>;
