import { basename, isAbsolute, relative, sep } from "node:path";
import { findConfigFile } from "./find-file.js";
import { loadConfigFile } from "./load-file.js";
import { rulesOf } from "./own-plugins.js";
import { type Override, type PluginFacts, type ReadConfig, readConfig } from "./read-config.js";
import { forceSeverities, readRuleFlags } from "./rule-flags.js";
import { changeRules, keepOptions, type ResolvedRule, type ResolvedRules } from "./rules.js";
import { gateRules } from "./rule-names.js";

/** What holds in a workspace: its configuration file, with the flags and the configuration it extends. */
export interface Configuration extends Omit<ReadConfig, "rules" | "overrides"> {
  /** Its name in errors: relative to the workspace, with `/`. */
  readonly file: string | undefined;
  /** Every rule with its options, also those of disable comments. */
  readonly rules: ResolvedRules;
  readonly overrides: readonly Override[];
}

/** Where a configuration comes from. */
export interface ConfigurationRequest {
  readonly workspace: string;
  /** Folder that `file` starts from. */
  readonly cwd: string;
  /** `--config`. */
  readonly file?: string | undefined;
  /** `--rule name=severity`, which beats all that the file says. */
  readonly rules?: readonly string[];
}

/** The installed plugin, as far as a configuration needs it. */
export interface ConfigurationGround {
  readonly facts: PluginFacts;
  readonly readPreset: (name: ReadConfig["extends"]) => Promise<ResolvedRules>;
}

/** Finds, loads and checks the configuration of a workspace, and completes it. */
export async function resolveConfiguration(
  { workspace, cwd, file: named, rules: flags = [] }: ConfigurationRequest,
  { facts, readPreset }: ConfigurationGround,
): Promise<Configuration> {
  const file = await findConfigFile(workspace, cwd, named);
  const source = file && nameOf(file, workspace);
  const read = await readConfig(file && source ? await loadConfigFile(file, source) : {}, source ?? "", facts);
  const ownRules = rulesOf(read.plugins);
  const forced = readRuleFlags(flags, { ...facts.rules, ...ownRules });
  const off = Object.keys(facts.rules).map((name): [string, ResolvedRule] => [name, ["off"]]);
  const own = Object.keys(ownRules).map((name): [string, ResolvedRule] => [name, ["error"]]);
  const preset = await readPreset(read.extends);
  const defaults = { ...Object.fromEntries([...off, ...own]), ...preset, ...gateRuleDefaults };
  const rules = changeRules(defaults, read.rules);
  return {
    ...read,
    file: source,
    rules: forceSeverities(rules, forced.rules),
    overrides: read.overrides.map(({ files, rules: changes }) => ({
      files,
      rules: forceSeverities(completeOverride(changes, rules), forced.rules),
    })),
    graph: { rules: { ...read.graph.rules, ...forced.graph } },
  };
}

const gateRuleDefaults: ResolvedRules = Object.fromEntries(
  Object.entries(gateRules).map(([name, severity]): [string, ResolvedRule] => [name, [severity]]),
);

/** A severity alone keeps the options of the workspace's rules, whatever other overrides say. */
function completeOverride(changes: ResolvedRules, rules: ResolvedRules): ResolvedRules {
  const complete = Object.entries(changes).map(([name, change]) => [name, keepOptions(change, rules[name])] as const);
  return Object.fromEntries(complete);
}

function nameOf(file: string, workspace: string): string {
  const name = relative(workspace, file);
  return isAbsolute(name) ? basename(file) : name.split(sep).join("/");
}
