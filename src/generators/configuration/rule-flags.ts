import { didYouMean } from "../did-you-mean.js";
import { brokenConfiguration } from "./broken.js";
import type { Severity } from "./define-config.js";
import { gateRules, graphRuleNames } from "./rule-names.js";
import { type ResolvedRules, type RuleFacts, severities } from "./rules.js";

/** Severities by name, the plugin's rules and those of the graph apart. */
export interface ForcedSeverities {
  readonly rules: Readonly<Record<string, Severity>>;
  readonly graph: Readonly<Record<string, Severity>>;
}

const GRAPH = "graph/";

/** Reads flags of the form `name=severity`. */
export function readRuleFlags(flags: readonly string[], facts: RuleFacts): ForcedSeverities {
  const known = [...Object.keys(facts), ...Object.keys(gateRules), ...graphRuleNames.map((name) => GRAPH + name)];
  const read = flags.map((flag) => readFlag(flag, known));
  const ofGraph = read.filter(([name]) => name.startsWith(GRAPH));
  return {
    rules: Object.fromEntries(read.filter(([name]) => !name.startsWith(GRAPH))),
    graph: Object.fromEntries(ofGraph.map(([name, severity]) => [name.slice(GRAPH.length), severity])),
  };
}

/** The rules with these severities, their options kept. */
export function forceSeverities(rules: ResolvedRules, forced: ForcedSeverities["rules"]): ResolvedRules {
  const entries = Object.entries(rules).map(([name, [severity, ...options]]) => {
    return [name, [forced[name] ?? severity, ...options]] as const;
  });
  return Object.fromEntries(entries);
}

function readFlag(flag: string, known: readonly string[]): [string, Severity] {
  const [, name = "", severity = ""] = /^(?:phasewise\/)?([^=]+)=(.*)$/.exec(flag) ?? [];
  if (!known.includes(name) && severity !== "") {
    const advice = `${didYouMean(name, known)} \`phasewise check --print-config\` lists all rules.`;
    throw brokenConfiguration("--rule", `${name} is no rule.${advice}`);
  }
  const found = severities.find((choice) => choice === severity);
  if (found !== undefined) return [name, found];
  throw brokenConfiguration("--rule", `${flag} is not name=severity with off, warn or error, as in no-sync-io=warn.`);
}
