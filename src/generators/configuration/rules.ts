import { didYouMean } from "../did-you-mean.js";
import { findProblem, type JsonSchema } from "./options.js";
import type { Severity } from "./define-config.js";
import { gateRules } from "./rule-names.js";
import type { ShapeChecks } from "./shape.js";

/** A rule's severity, and its options where it has some. */
export type ResolvedRule = readonly [severity: Severity, ...options: object[]];

/** Rules by name. */
export type ResolvedRules = Readonly<Record<string, ResolvedRule>>;

/** What is known of the installed rules: the schema of each one's options. */
export type RuleFacts = Readonly<Record<string, { readonly schema: readonly JsonSchema[] }>>;

export const severities = ["off", "warn", "error"] as const satisfies readonly Severity[];

/** Reads settings of the plugin's rules; `known` has the gate's own beside them, which take a severity only. */
export async function readRules(
  value: unknown,
  key: string,
  { facts, check, own }: { readonly facts: RuleFacts; readonly check: ShapeChecks; readonly own: readonly string[] },
): Promise<ResolvedRules> {
  if (value === undefined) return {};
  const rules = Object.entries(check.record(value, `\`${key}\``)).filter(([, setting]) => setting !== undefined);
  const read = rules.map(async ([name, setting]) => {
    const place = `\`${key}.${name}\``;
    requireKnownRule(name, place, [...Object.keys(facts), ...own], check);
    const [severity, ...options] = Array.isArray(setting) ? (setting as unknown[]) : [setting];
    check.oneOf(severity, Array.isArray(setting) ? `the severity of ${place}` : place, severities);
    if (options.length > 0) await requireOptions(options, `${key}.${name}`, facts[name]?.schema ?? [], check);
    return [name, [severity, ...options] as unknown as ResolvedRule] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** The rules, with changes on top: a severity alone keeps the options. */
export function changeRules(rules: ResolvedRules, changes: ResolvedRules): ResolvedRules {
  const changed = Object.entries(changes).map(([name, change]) => [name, keepOptions(change, rules[name])] as const);
  return { ...rules, ...Object.fromEntries(changed) };
}

/** A severity alone takes over the options of what it changes. */
export function keepOptions([severity, ...options]: ResolvedRule, before: ResolvedRule = [severity]): ResolvedRule {
  const [, ...inherited] = before;
  return options.length > 0 ? [severity, ...options] : [severity, ...inherited];
}

function requireKnownRule(name: string, place: string, known: readonly string[], { fail }: ShapeChecks): void {
  if (known.includes(name)) return;
  const bare = name.replace(/^phasewise\//, "");
  if (bare !== name && known.includes(bare)) fail(`${place} is a rule's full name. Write \`${bare}\`.`);
  fail(`${place} is no rule.${didYouMean(bare, known)} \`phasewise check --print-config\` lists all rules.`);
}

async function requireOptions(
  options: readonly unknown[],
  key: string,
  schema: readonly JsonSchema[],
  { fail }: ShapeChecks,
): Promise<void> {
  if (schema.length === 0) fail(`\`${key}\` has options, and the rule takes none. Give it a severity alone.`);
  if (options.length > schema.length) fail(`\`${key}\` has to be a severity, or a list of a severity and options.`);
  const problem = await findProblem(options[0], `${key}[1]`, schema[0]!);
  if (problem !== undefined) fail(problem);
}

export const gateRuleNames = Object.keys(gateRules);
