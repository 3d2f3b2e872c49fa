import { defineModule } from "@phasewise/runtime";
import type { Tracer } from "@phasewise/runtime/platform";
import { TracerService } from "./tracer-service.js";
import { tracerSettings } from "./tracer-settings.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "core.tracer": Tracer;
  }
}

export default defineModule({
  id: "core.tracer",
  version: "1.0.0",

  async initialize(context) {
    const service = new TracerService();
    context.registerSettings(tracerSettings, { secrets: ["headers"] });
    context.registerService("core.tracer", service);
    context.registerSetupHook(async (activation) =>
      service.initialize(activation, await activation.getSettings(tracerSettings)),
    );
  },
});
