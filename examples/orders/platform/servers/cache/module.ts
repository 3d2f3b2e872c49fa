import { defineModule } from "@phasewise/runtime";
import type { Cache } from "@phasewise/runtime/platform";
import { CacheService } from "./cache-service.js";
import { cacheSettings } from "./cache-settings.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "core.cache": Cache;
  }
}

export default defineModule({
  id: "core.cache",
  version: "1.0.0",

  async initialize(context) {
    const service = new CacheService();
    context.registerSettings(cacheSettings, { secrets: ["url"] });
    context.registerService("core.cache", service);
    context.registerSetupHook(async (activation) =>
      service.initialize(activation, await activation.getSettings(cacheSettings)),
    );
  },
});
