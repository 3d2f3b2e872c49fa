import type { PhasewiseConfig, Severity } from "./define-config.js";
import { readGlobs } from "./globs.js";
import { findProblem, type JsonSchema } from "./options.js";
import { type ReadPlugin, readPlugins, rulesOf } from "./own-plugins.js";
import { graphRuleNames } from "./rule-names.js";
import { gateRuleNames, readRules, type ResolvedRules, type RuleFacts, severities } from "./rules.js";
import { createShapeChecks, type ShapeChecks } from "./shape.js";

/** The facts about the installed plugin that a configuration is checked by. */
export interface PluginFacts {
  readonly rules: RuleFacts;
  /** Schema of the settings. */
  readonly settings: JsonSchema;
}

/** Rules for some of the files. */
export interface Override {
  readonly files: readonly string[];
  readonly rules: ResolvedRules;
}

/** A configuration as it is written, every value checked. */
export interface ReadConfig {
  readonly extends: NonNullable<PhasewiseConfig["extends"]>;
  readonly rules: ResolvedRules;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ignores: readonly string[];
  readonly overrides: readonly Override[];
  readonly maxWarnings: number | undefined;
  readonly plugins: readonly ReadPlugin[];
  /** The severities that are told; the others stay as they are found. */
  readonly graph: { readonly rules: Readonly<Record<string, Severity>> };
}

const presets = ["recommended", "strict", "async"] as const;
const keys = [
  "extends",
  "rules",
  "settings",
  "ignores",
  "overrides",
  "maxWarnings",
  "generators",
  "plugins",
  "graph",
] as const satisfies readonly (keyof PhasewiseConfig)[];

/** Checks what a configuration file says; `source` is its name in errors. */
export async function readConfig(value: unknown, source: string, facts: PluginFacts): Promise<ReadConfig> {
  const check = createShapeChecks(source);
  const config = check.record(value, "the configuration", keys);
  const {
    extends: preset = "recommended",
    rules,
    settings = {},
    ignores = [],
    overrides = [],
    maxWarnings,
    generators = [],
    plugins = [],
    graph,
  } = config;
  check.list(generators, "`generators`", "definitions, or names of packages or files that export them");
  const ownPlugins = readPlugins(plugins, check);
  const known = { ...facts.rules, ...rulesOf(ownPlugins) };
  return {
    extends: check.oneOf(preset, "`extends`", presets) as ReadConfig["extends"],
    rules: await readRules(rules, "rules", { facts: known, check, own: gateRuleNames }),
    settings: await readSettings(settings, facts.settings, check),
    ignores: readGlobs(ignores, "ignores", check),
    overrides: await readOverrides(overrides, known, check),
    maxWarnings: readAmount(maxWarnings, check),
    plugins: ownPlugins,
    graph: readGraph(graph, check),
  };
}

async function readSettings(value: unknown, schema: JsonSchema, check: ShapeChecks): Promise<ReadConfig["settings"]> {
  const settings = check.record(value, "`settings`", Object.keys(schema["properties"] ?? {}));
  if (Object.keys(settings).length === 0) return {};
  const problem = await findProblem(settings, "settings", schema);
  return problem === undefined ? settings : check.fail(problem);
}

async function readOverrides(value: unknown, facts: RuleFacts, check: ShapeChecks): Promise<Override[]> {
  const entries = check.list(value, "`overrides`", "objects with `files` and `rules`");
  const read = entries.map(async (entry, index) => {
    const key = `overrides[${index}]`;
    const { files, rules = {} } = check.record(entry, `\`${key}\``, ["files", "rules"]);
    const globs = readGlobs(files, `${key}.files`, check);
    if (globs.length === 0) check.fail(`\`${key}.files\` is empty. Name files with a glob such as "src/**/*.ts".`);
    return { files: globs, rules: await readRules(rules, `${key}.rules`, { facts, check, own: [] }) };
  });
  return Promise.all(read);
}

function readAmount(value: unknown, { fail }: ShapeChecks): number | undefined {
  if (value === undefined || (Number.isInteger(value) && Number(value) >= 0)) return value as number | undefined;
  return fail("`maxWarnings` has to be a whole number of 0 or more.");
}

function readGraph(value: unknown, check: ShapeChecks): ReadConfig["graph"] {
  const { rules = {} } = value === undefined ? {} : check.record(value, "`graph`", ["rules"]);
  const entries = Object.entries(check.record(rules, "`graph.rules`", graphRuleNames));
  const read = entries.map(([name, severity]) => [name, check.oneOf(severity, `\`graph.rules.${name}\``, severities)]);
  return { rules: Object.fromEntries(read) as Record<string, Severity> };
}
