import { type ActivationContext, sleep } from "@phasewise/runtime";
import { ordersSettings } from "./orders-settings.js";

const batchSize = 100;

/** Publishes what the outbox holds, until the module stops. */
export async function relayOutbox(context: ActivationContext, signal: AbortSignal): Promise<void> {
  const outbox = context.getService("orders.outbox");
  const { relayPauseMs } = await context.getSettings(ordersSettings);
  while (!signal.aborted) {
    const relayed = await outbox.relay(batchSize, { signal });
    if (!relayed.success && !signal.aborted) context.logger.warn("the outbox waits", { ...relayed.error });
    const mayHaveMore = relayed.success && relayed.data === batchSize;
    if (!mayHaveMore) await sleep(relayPauseMs, { signal });
  }
}
