import { defineModule, Result } from "@phasewise/runtime";
import { GreetingService } from "./greeting-service.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    greeting: GreetingService;
  }
}

export default defineModule({
  id: "greeting",
  version: "1.0.0",

  // Phase 1, all modules at once: register what this module brings. No I/O here, and no other service.
  async initialize(context) {
    context.registerService("greeting", new GreetingService());
  },

  // Phase 2, once the dependencies are active: settings, connections, other services.
  async setupModule(context) {
    return context.getService("greeting").initialize(context);
  },

  // All modules are active: begin to serve.
  async start(context) {
    const greeting = await context.getService("greeting").greet("world");
    if (!greeting.success) return greeting;

    context.logger.info(greeting.data);
    return Result.success(undefined);
  },
});
