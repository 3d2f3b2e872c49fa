import type { PubSub } from "../platform/pub-sub/pub-sub.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";
import { deliveryCases } from "./pub-sub/delivery-cases.js";
import { failureCases } from "./pub-sub/failure-cases.js";
import { refusalCases } from "./pub-sub/refusal-cases.js";
import { subscriptionCases } from "./pub-sub/subscription-cases.js";

/**
 * What every adapter of `PubSub` has to do. Delays are real ones, of some tens of milliseconds.
 *
 * @example
 * ```ts
 * import { pubSubConformance } from "@phasewise/runtime/conformance";
 * import { stubPubSub } from "@phasewise/runtime/testing";
 *
 * for (const { name, run } of pubSubConformance(async () => stubPubSub())) {
 *   await run();
 *   console.log(name);
 * }
 * ```
 */
export function pubSubConformance(create: ServiceFactory<PubSub>): readonly ConformanceCase[] {
  return casesOf(create, { ...deliveryCases, ...failureCases, ...subscriptionCases, ...refusalCases });
}
