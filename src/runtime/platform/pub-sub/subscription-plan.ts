import { Result } from "../../results/result.js";
import type { TopicSubscriptionOptions } from "./pub-sub.js";
import { checkTopic } from "./topic.js";

/** A subscription with all that was left to the defaults. */
export interface SubscriptionPlan {
  readonly topic: string;
  readonly group: string;
  readonly concurrency: number;
  readonly maxDeliveries: number;
  readonly retryDelayMs: number;
  readonly ackTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Completes the options of a subscription, if they make sense. */
export function planSubscription(
  topic: string,
  options: TopicSubscriptionOptions,
): Result<SubscriptionPlan, "INVALID_TOPIC" | "INVALID_OPTION"> {
  const checked = checkTopic(topic);
  if (!checked.success) return checked;
  const { group, concurrency = 1, maxDeliveries = 5, ackTimeoutMs = 30_000, signal } = options;
  const { retryDelayMs = Math.min(1_000, ackTimeoutMs) } = options;
  const plan = { topic, group, concurrency, maxDeliveries, retryDelayMs, ackTimeoutMs, signal };
  const wrong = findWrong(plan);
  return wrong === undefined ? Result.success(plan) : Result.error("INVALID_OPTION", wrong);
}

function findWrong({ group, concurrency, maxDeliveries, retryDelayMs, ackTimeoutMs }: SubscriptionPlan) {
  if (typeof group !== "string" || !/^[a-z0-9][a-z0-9-]{0,59}$/.test(group)) {
    return "The name of a group is up to 60 lower-case letters, digits and hyphens, such as shipping.";
  }
  if (!isWholeWithin(concurrency, 1, 10_000)) return "concurrency must be a whole number from 1 to 10,000.";
  if (!isWholeWithin(maxDeliveries, 1, 1_000)) return "maxDeliveries must be a whole number from 1 to 1,000.";
  if (!isWholeWithin(ackTimeoutMs, 10, 86_400_000)) return "ackTimeoutMs must be from 10 milliseconds to a day.";
  if (!isWholeWithin(retryDelayMs, 0, ackTimeoutMs)) return "retryDelayMs must be from 0 to ackTimeoutMs.";
  return undefined;
}

function isWholeWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
