import { BrokeredPubSub } from "../../platform/pub-sub/brokered-pub-sub.js";
import { InProcessBroker, type InProcessBrokerOptions } from "../../platform/pub-sub/in-process-broker.js";
import type { PubSub } from "../../platform/pub-sub/pub-sub.js";
import { Result } from "../../results/result.js";
import { silentLogger } from "../silent-logger.js";
import { StubCalls, type StubOptions } from "./stub-calls.js";

/** What `stubPubSub` takes. */
export interface StubPubSubOptions extends StubOptions, InProcessBrokerOptions {
  /** How large a message may be, in bytes of its envelope; 100,000 by default. */
  readonly maxBytes?: number;
}

/**
 * Makes pub/sub for tests, in memory: late and failing as the test wants it, by the clock of the test. Its operations are
 * `publish`, `subscribe` and `health`. Disposed, it waits for the handlers that run.
 *
 * @example
 * ```ts
 * import { expectSuccess, stubPubSub } from "@phasewise/runtime/testing";
 *
 * await using pubSub = stubPubSub();
 * const paid = new Promise((resolve) => {
 *   void pubSub.subscribe("orders.paid", async ({ data }) => resolve(data), { group: "shipping" });
 * });
 * expectSuccess(await pubSub.publish("orders.paid", { orderId: "o-1" }));
 * console.log(await paid);
 * ```
 */
export function stubPubSub({ maxBytes = 100_000, ...options }: StubPubSubOptions = {}): PubSub & AsyncDisposable {
  const calls = new StubCalls("pub-sub", options);
  const pubSub = new BrokeredPubSub(new InProcessBroker(options), calls, {
    source: "/stub",
    maxBytes,
    logger: silentLogger,
  });
  return Object.assign(pubSub, {
    health: (call?: Parameters<PubSub["health"]>[0]) =>
      calls.run("health", call, async () =>
        Result.success({ latencyMs: 0, details: { subscriptions: pubSub.subscriptions } }),
      ),
    [Symbol.asyncDispose]: () => pubSub.close({ timeoutMs: 5_000 }),
  });
}
