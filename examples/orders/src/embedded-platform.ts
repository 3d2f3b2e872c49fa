import cache from "../platform/embedded/cache/module.js";
import database from "../platform/embedded/database/module.js";
import pubSub from "../platform/embedded/pub-sub/module.js";
import tracer from "../platform/embedded/tracer/module.js";

/** What runs in this process, and needs nothing else. */
export const platform = [cache, database, pubSub, tracer];
