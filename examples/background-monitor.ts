// An application that watches its own event loop in the background, and tells when somebody blocks it.
import { createApplication, createLogger, defineModule, sleep } from "@phasewise/runtime";

declare module "@phasewise/runtime" {
  interface EventRegistry {
    "monitor.blocked": { readonly lateMs: number };
  }
}

const monitor = defineModule({
  id: "monitor",
  version: "1.0.0",

  async start(context) {
    context.background("watch the event loop", async (signal) => {
      try {
        for (;;) {
          const begunMs = performance.now();
          await sleep(20, { signal });
          const lateMs = performance.now() - begunMs - 20;
          if (lateMs > 100) context.publishAndForget("monitor.blocked", { lateMs });
        }
      } finally {
        console.log("the monitor has ended");
      }
    });
  },
});

const reports = defineModule({
  id: "reports",
  version: "1.0.0",
  dependencies: ["monitor"],

  async start(context) {
    const blocked = context.waitFor("monitor.blocked", { timeoutMs: 10_000 });
    await sleep(100);

    console.log("computing a report");
    const untilMs = performance.now() + 200;
    while (performance.now() < untilMs);

    const noticed = await blocked;
    console.log(noticed.success ? "somebody has blocked the event loop" : "nobody has noticed");
  },
});

await using app = createApplication({ modules: [monitor, reports], logger: createLogger({ level: "warn" }) });
await app.start();
