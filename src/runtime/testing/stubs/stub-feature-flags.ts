import { evaluationOf } from "../../platform/feature-flags/flag-evaluation.js";
import type { FeatureFlags, FlagContext, FlagObject, FlagResult } from "../../platform/feature-flags/feature-flags.js";
import type { CallOptions } from "../../platform/platform-service.js";
import { Result } from "../../results/result.js";
import { StubCalls, type StubOptions } from "./stub-calls.js";

/** What `stubFeatureFlags` takes. */
export interface StubFeatureFlagsOptions extends StubOptions {
  /** The flags that there are from the beginning, by name. */
  readonly flags?: Readonly<Record<string, FlagObject>>;
}

/** `FeatureFlags` in memory, that a test changes. */
export interface StubFeatureFlags extends FeatureFlags {
  /** Adds or changes a flag. */
  put(flag: string, value: FlagObject): void;
  /** Takes a flag away. */
  remove(flag: string): void;
}

/**
 * Makes `FeatureFlags` for a test, the same for every context, with latency on the clock of the application, and failures.
 *
 * @example
 * ```ts
 * import { stubFeatureFlags } from "@phasewise/runtime/testing";
 *
 * const flags = stubFeatureFlags({ flags: { "new-checkout": true } });
 * const checkout = await flags.getBoolean("new-checkout", false);
 * console.log(checkout.success && checkout.data.value); // true
 * ```
 */
export function stubFeatureFlags({ flags = {}, ...options }: StubFeatureFlagsOptions = {}): StubFeatureFlags {
  const calls = new StubCalls("feature-flags", options);
  const values = new Map(Object.entries(flags));
  const evaluate =
    <T>(operation: string) =>
    (flag: string, fallback: T, _context?: FlagContext, call?: CallOptions): FlagResult<T> =>
      calls.run(operation, call, async () => {
        const known = values.has(flag) ? { value: values.get(flag), reason: "STATIC" } : undefined;
        return Result.success(evaluationOf(known ?? { value: undefined, errorCode: "FLAG_NOT_FOUND" }, fallback));
      });
  return {
    put: (flag, value) => void values.set(flag, value),
    remove: (flag) => void values.delete(flag),
    getBoolean: evaluate<boolean>("getBoolean"),
    getString: evaluate<string>("getString"),
    getNumber: evaluate<number>("getNumber"),
    getObject: evaluate<FlagObject>("getObject"),
    health: (call) => calls.run("health", call, async () => Result.success({ latencyMs: 0, details: {} })),
  };
}
