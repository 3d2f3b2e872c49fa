import { defineModule } from "@phasewise/runtime";
import type { Database } from "@phasewise/runtime/platform";
import { DatabaseService } from "./database-service.js";
import { databaseSettings } from "./database-settings.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "core.database": Database;
  }
}

export default defineModule({
  id: "core.database",
  version: "1.0.0",

  async initialize(context) {
    const service = new DatabaseService();
    context.registerSettings(databaseSettings);
    context.registerService("core.database", service);
    context.registerSetupHook(async (activation) =>
      service.initialize(activation, await activation.getSettings(databaseSettings)),
    );
  },
});
