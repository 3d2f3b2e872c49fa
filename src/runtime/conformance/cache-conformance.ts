import type { Cache } from "../platform/cache/cache.js";
import { callCases } from "./cache/call-cases.js";
import { computationCases } from "./cache/computation-cases.js";
import { keyCases } from "./cache/key-cases.js";
import { numberCases } from "./cache/number-cases.js";
import { timeCases } from "./cache/time-cases.js";
import { valueCases } from "./cache/value-cases.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";

/**
 * What every adapter of `Cache` has to do. Times to live are real ones, of some tens of milliseconds.
 *
 * @example
 * ```ts
 * import { cacheConformance } from "@phasewise/runtime/conformance";
 * import { stubCache } from "@phasewise/runtime/testing";
 *
 * for (const { name, run } of cacheConformance(async () => stubCache())) {
 *   await run();
 *   console.log(name);
 * }
 * ```
 */
export function cacheConformance(create: ServiceFactory<Cache>): readonly ConformanceCase[] {
  return casesOf(create, {
    ...valueCases,
    ...keyCases,
    ...timeCases,
    ...numberCases,
    ...computationCases,
    ...callCases,
  });
}
