import type { Settings } from "../../platform/settings/settings.js";
import { StoredSettings } from "../../platform/settings/stored-settings.js";
import { Result } from "../../results/result.js";
import { StubCalls, type StubOptions } from "./stub-calls.js";

/** What `stubSettings` takes. */
export interface StubSettingsOptions extends StubOptions {
  /** The settings that there are from the beginning, by name. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Makes `Settings` in memory for a test, with latency on the clock of the application, and failures.
 *
 * @example
 * ```ts
 * import { stubSettings } from "@phasewise/runtime/testing";
 *
 * const settings = stubSettings({ settings: { "billing.limits": { perMinute: 60 } }, latencyMs: 20 });
 * console.log(await settings.list("billing."));
 * ```
 */
export function stubSettings({ settings = {}, ...options }: StubSettingsOptions = {}): Settings {
  const texts = new Map(Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)]));
  return new StoredSettings({
    store: {
      read: async (name) => Result.success(texts.get(name)),
      write: async (name, text) => Result.success(texts.set(name, text)),
      list: async () => Result.success([...texts.keys()]),
      remove: async (name) => Result.success(texts.delete(name)),
    },
    timeoutMs: options.timeoutMs ?? 5_000,
    calls: new StubCalls("settings", options),
  });
}
