const event = "unhandledRejection";

/**
 * Collects the rejections that nobody handles, in place of the listeners there are: a test framework would take them for
 * failures of its own. `stop` puts those back.
 */
export function collectUnhandledRejections(): { readonly reasons: unknown[]; stop(): void } {
  const reasons: unknown[] = [];
  const listeners = process.listeners(event);
  const collect = (reason: unknown) => void reasons.push(reason);
  process.removeAllListeners(event);
  process.on(event, collect);
  return {
    reasons,
    stop() {
      process.off(event, collect);
      for (const listener of listeners) process.on(event, listener);
    },
  };
}
