import cache from "../platform/servers/cache/module.js";
import database from "../platform/servers/database/module.js";
import pubSub from "../platform/servers/pub-sub/module.js";
import tracer from "../platform/servers/tracer/module.js";

/** What is outside of this process, and shared with others. */
export const platform = [cache, database, pubSub, tracer];
