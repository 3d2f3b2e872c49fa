import { defineModule } from "@phasewise/runtime";
import type { PubSub } from "@phasewise/runtime/platform";
import { PubSubService } from "./pub-sub-service.js";
import { pubSubSettings } from "./pub-sub-settings.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "core.pub-sub": PubSub;
  }
}

export default defineModule({
  id: "core.pub-sub",
  version: "1.0.0",

  async initialize(context) {
    const service = new PubSubService();
    context.registerSettings(pubSubSettings, { secrets: ["url"] });
    context.registerService("core.pub-sub", service);
    context.registerSetupHook(async (activation) =>
      service.initialize(activation, await activation.getSettings(pubSubSettings)),
    );
  },
});
