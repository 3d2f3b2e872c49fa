import { defineModule } from "@phasewise/runtime";
import { DatabaseService } from "./database-service.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "core.database": DatabaseService;
  }
}

export default defineModule({
  id: "core.database",
  version: "1.0.0",

  async initialize(context) {
    context.registerService("core.database", new DatabaseService());
  },

  async setupModule(context) {
    return context.getService("core.database").initialize(context);
  },
});
