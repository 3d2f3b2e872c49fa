import { defineModule } from "@phasewise/runtime";
import { HttpService } from "./http-service.js";
import { httpSettings } from "./http-settings.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    http: HttpService;
  }
}

export default defineModule({
  id: "http",
  version: "1.0.0",
  dependencies: ["core.cache", "core.database", "core.pub-sub", "core.tracer", "orders"],

  async initialize(context) {
    context.registerSettings(httpSettings);
    context.registerService("http", new HttpService());
  },

  async setupModule(context) {
    return context.getService("http").initialize(context, await context.getSettings(httpSettings));
  },

  async start(context) {
    return context.getService("http").listen();
  },
});
