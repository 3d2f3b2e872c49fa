import assert from "node:assert/strict";
import type { FeatureFlags, FlagObject } from "../platform/feature-flags/feature-flags.js";
import { assertFailure, assertSuccess } from "./assert-result.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";

/** The service under test, and the hand that changes its flags. */
export interface FeatureFlagsFixture {
  readonly flags: FeatureFlags;
  /** From now on these are all flags, with the same value for everybody. Resolves when the service knows. */
  setFlags(flags: Readonly<Record<string, FlagObject>>): Promise<void>;
}

const odd = { constructor: 1, "a b/ü": 2, toString: 3 };

/**
 * What every adapter of `FeatureFlags` has to do.
 *
 * @example
 * ```ts
 * import { featureFlagsConformance } from "@phasewise/runtime/conformance";
 * import { stubFeatureFlags } from "@phasewise/runtime/testing";
 * import { it } from "vitest";
 *
 * const cases = featureFlagsConformance(async () => {
 *   const flags = stubFeatureFlags();
 *   return {
 *     flags,
 *     setFlags: async (values) => Object.entries(values).forEach(([flag, value]) => flags.put(flag, value)),
 *     async [Symbol.asyncDispose]() {},
 *   };
 * });
 * for (const { name, run } of cases) it(name, run);
 * ```
 */
export function featureFlagsConformance(create: ServiceFactory<FeatureFlagsFixture>): readonly ConformanceCase[] {
  return casesOf(create, {
    "gives the value of a flag, of each type, and why": async ({ flags, setFlags }) => {
      const object = { limits: [1, 2], nested: { a: null } };
      await setFlags({ on: true, off: false, text: "ünï", empty: "", number: 1.5, zero: 0, object });
      const got = await Promise.all([
        flags.getBoolean("on", false),
        flags.getBoolean("off", true),
        flags.getString("text", "x"),
        flags.getString("empty", "x"),
        flags.getNumber("number", 1),
        flags.getNumber("zero", 1),
        flags.getObject("object", {}),
      ]);
      const evaluations = got.map((result) => assertSuccess<{ value: unknown; fallback: unknown }>(result));
      assert.deepEqual(
        evaluations.map(({ value }) => value),
        [true, false, "ünï", "", 1.5, 0, object],
      );
      assert.deepEqual(new Set(evaluations.map(({ fallback }) => fallback)), new Set([undefined]));
      assert.ok(assertSuccess(got[0]).reason.length > 0);
    },
    "gives the fallback for a flag that is not there, and says so": async ({ flags, setFlags }) => {
      await setFlags({ other: true });
      const { value, fallback, reason } = assertSuccess(await flags.getNumber("absent", 7));
      assert.deepEqual([value, fallback, reason], [7, "NOT_FOUND", "ERROR"]);
      for (const name of ["", "__proto__", "hasOwnProperty"]) {
        const evaluation = assertSuccess(await flags.getNumber(name, 7));
        assert.deepEqual([name, evaluation.value, evaluation.reason], [name, 7, "ERROR"]);
      }
    },
    "gives the fallback for a flag of another type, and says so": async ({ flags, setFlags }) => {
      await setFlags({ text: "true", number: 1, on: true, object: {} });
      const got = [
        await flags.getBoolean("text", false),
        await flags.getBoolean("number", false),
        await flags.getString("on", "x"),
        await flags.getNumber("text", 7),
        await flags.getObject("text", { a: 1 }),
        await flags.getString("object", "y"),
      ].map((result) => assertSuccess<{ value: unknown; fallback: unknown }>(result));
      assert.deepEqual(
        got.map(({ value }) => value),
        [false, false, "x", 7, { a: 1 }, "y"],
      );
      assert.deepEqual(new Set(got.map(({ fallback }) => fallback)), new Set(["TYPE_MISMATCH"]));
    },
    "gives another value once the flag has another one": async ({ flags, setFlags }) => {
      await setFlags({ checkout: "old" });
      assert.equal(assertSuccess(await flags.getString("checkout", "x")).value, "old");
      await setFlags({ checkout: "new" });
      assert.equal(assertSuccess(await flags.getString("checkout", "x")).value, "new");
    },
    "takes any context, and flags with odd names": async ({ flags, setFlags }) => {
      await setFlags(odd);
      const context = { targetingKey: "u-1", country: "DE", __proto__: "x", age: 7, isAdmin: false, none: undefined };
      for (const [flag, value] of Object.entries(odd)) {
        assert.equal(assertSuccess(await flags.getNumber(flag, 9, context)).value, value);
      }
    },
    "is given up at once when the signal has aborted": async ({ flags }) => {
      assertFailure(await flags.getBoolean("on", true, {}, { signal: AbortSignal.abort() }), "ABORTED");
    },
    "is healthy": async ({ flags }) => {
      assert.ok(assertSuccess(await flags.health()).latencyMs >= 0);
    },
  });
}
