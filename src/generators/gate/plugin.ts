import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { PluginFacts } from "../configuration/read-config.js";
import type { ResolvedRule, ResolvedRules } from "../configuration/rules.js";
import { GeneratorError } from "../errors.js";

const PLUGIN = "@phasewise/eslint-plugin";

/** The plugin that a workspace has installed, so that editor and gate use the same rules. */
export interface Plugin {
  readonly facts: PluginFacts;
  /** How oxlint loads it. */
  readonly jsPlugins: readonly { readonly name: string; readonly specifier: string }[];
  /** The rules of one of its configurations, without the prefix `phasewise/`. */
  readPreset(name: string): Promise<ResolvedRules>;
}

/** As `oxlint/<name>.json` of the plugin has it. */
interface Preset {
  readonly jsPlugins: Plugin["jsPlugins"];
  readonly rules: Readonly<Record<string, string | ResolvedRule>>;
}

/** Finds the plugin from the workspace, and reads what it says of itself. */
export async function findPlugin(workspace: string): Promise<Plugin> {
  const { resolve: find } = createRequire(join(workspace, "package.json"));
  const [facts, { file, value }] = await Promise.all([read<PluginFacts>("facts"), read<Preset>("recommended")]);
  const specifiers = value.jsPlugins.map(({ name, specifier }) => ({
    name,
    specifier: resolve(dirname(file), specifier),
  }));
  return {
    facts: facts.value,
    jsPlugins: specifiers,
    async readPreset(name) {
      const { rules } = name === "recommended" ? value : (await read<Preset>(name)).value;
      return Object.fromEntries(Object.entries(rules).map(([rule, setting]) => [toBareName(rule), toRule(setting)]));
    },
  };

  async function read<Value>(name: string): Promise<{ file: string; value: Value }> {
    const file = `${PLUGIN}/oxlint/${name}.json`;
    try {
      const found = find(file);
      return { file: found, value: JSON.parse(await readFile(found, "utf8")) as Value };
    } catch (cause) {
      throw notInstalled(file, workspace, cause);
    }
  }
}

function notInstalled(file: string, workspace: string, cause: unknown): GeneratorError {
  const message =
    `The rules are not installed, or not in the version of phasewise: ${file} was not found from ${workspace}. ` +
    `Install them with: npm install --save-dev ${PLUGIN}`;
  return new GeneratorError("WRONG_USAGE", message, { cause });
}

function toBareName(rule: string): string {
  return rule.slice(rule.indexOf("/") + 1);
}

function toRule(setting: string | ResolvedRule): ResolvedRule {
  return typeof setting === "string" ? ([setting] as unknown as ResolvedRule) : setting;
}
