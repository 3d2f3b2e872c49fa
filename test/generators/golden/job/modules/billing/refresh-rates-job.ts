import { type ActivationContext, sleep } from "@phasewise/runtime";

const pauseMs = 60000;

/** Runs in the background until the module stops: put the work in place of the log line, and hand it the signal. */
export async function refreshRates({ logger }: ActivationContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    logger.info("refresh-rates is done");
    await sleep(pauseMs, { signal });
  }
}
