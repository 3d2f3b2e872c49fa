import { Result } from "../../results/result.js";

const part = "[a-z0-9][a-z0-9-]*";
const topicForm = new RegExp(`^${part}(?:\\.${part})*$`);
const longestTopic = 120;

/** Is this a topic? */
export function checkTopic(topic: string): Result<undefined, "INVALID_TOPIC"> {
  if (typeof topic === "string" && topic.length <= longestTopic && topicForm.test(topic))
    return Result.success(undefined);
  const shown = JSON.stringify(topic)?.slice(0, 140);
  return Result.error(
    "INVALID_TOPIC",
    `${shown} is not a topic. Give one such as "orders.paid" or "orders.item-sold".`,
  );
}

/**
 * The topic of what failed too often on this one.
 *
 * @example
 * ```ts
 * import { deadLetterTopic } from "@phasewise/runtime/platform";
 *
 * console.log(deadLetterTopic("orders.paid")); // orders.paid.dead
 * ```
 */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dead`;
}

/** Does this topic keep its messages for groups that come later? */
export function isDeadLetterTopic(topic: string): boolean {
  return topic.endsWith(".dead");
}
