import { createHash } from "node:crypto";
import type { EvaluationContext } from "@openfeature/server-sdk";
import { z } from "zod";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const rule = z.strictObject({
  /** The attributes of the context that it is for; of several values, any. */
  when: z.record(z.string(), z.union([scalar, z.array(scalar)])).default({}),
  /** How many of those, by their targeting key. */
  percent: z.number().min(0).max(100).default(100),
  value: z.json(),
});
const flag = z.strictObject({
  /** The value for who no rule is for. */
  value: z.json(),
  /** The first one that is for the context gives the value. */
  rules: z.array(rule).default([]),
});

/** The content of the file: flags by name. */
export const flagsSchema = z.record(z.string(), flag);

export type Flag = z.infer<typeof flag>;
type Rule = z.infer<typeof rule>;

/** What a flag is for a context, and why, in the words of OpenFeature. */
export interface FlagDecision {
  readonly value: Flag["value"];
  readonly reason: "STATIC" | "DEFAULT" | "TARGETING_MATCH" | "SPLIT";
}

export function decide(name: string, { value, rules }: Flag, context: EvaluationContext): FlagDecision {
  const found = rules.find((candidate) => isFor(candidate, name, context));
  if (found) return { value: found.value, reason: found.percent < 100 ? "SPLIT" : "TARGETING_MATCH" };
  return { value, reason: rules.length > 0 ? "DEFAULT" : "STATIC" };
}

function isFor({ when, percent }: Rule, name: string, context: EvaluationContext): boolean {
  const isMatch = Object.entries(when).every(([attribute, expected]) => {
    const actual = Object.hasOwn(context, attribute) ? context[attribute] : undefined;
    return [expected].flat().some((value) => value === actual);
  });
  return isMatch && (percent === 100 || shareOf(name, context.targetingKey) < percent);
}

/** From 0 to below 100, the same each time. Without a targeting key a percentage is of nobody. */
function shareOf(name: string, targetingKey: string | undefined): number {
  if (targetingKey === undefined) return 100;
  const hash = createHash("sha256").update(`${name}\n${targetingKey}`).digest();
  return (hash.readUInt32BE() / 2 ** 32) * 100;
}
