import { createLogger, Result } from "@phasewise/runtime";
import { fakeClock, stubCache, stubPubSub, testApplication } from "@phasewise/runtime/testing";
import { expect, it } from "vitest";
import ordersModule from "./module.js";

it("relays batch after batch, pauses when nothing is left or nothing can be published, and ends with the module", async () => {
  const clock = fakeClock();
  const lines: string[] = [];
  const outcomes = [
    Result.success(100),
    Result.success(7),
    Result.error("UNAVAILABLE", "the server is down"),
    Result.success(0),
  ];
  let relays = 0;
  const application = await testApplication({
    modules: [ordersModule],
    clock,
    logger: createLogger({ format: "text", write: (line) => void lines.push(line) }),
    settings: { orders: { relayPauseMs: 50 } },
    services: {
      "core.cache": stubCache(),
      "core.pub-sub": stubPubSub(),
      "core.database": { migrate: async () => Result.success([]) },
      "orders.outbox": {
        initialize: async () => Result.success(undefined),
        relay: async () => outcomes[relays++] ?? Result.success(0),
      },
    },
  });
  await clock.advance(0);
  expect(relays).toBe(2);
  await clock.advance(50);
  expect(relays).toBe(3);
  expect(lines.filter((line) => line.includes("the outbox waits"))).toHaveLength(1);
  await clock.advance(50);
  expect(relays).toBe(4);

  await application.stop();
  await clock.advance(1_000);
  expect(relays).toBe(4);
});
