import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonSchema } from "./options.js";
import type { RuleFacts } from "./rules.js";
import type { ShapeChecks } from "./shape.js";

/** A plugin of the workspace, as the gate needs it. */
export interface ReadPlugin {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** By full name: `local/no-busy-wait`. */
  readonly rules: RuleFacts;
}

/** Checks the plugins that a configuration names. */
export function readPlugins(value: unknown, check: ShapeChecks): ReadPlugin[] {
  const entries = check.list(value, "`plugins`", "plugins that the configuration imports");
  const plugins = entries.map((entry, index) => readPlugin(entry, `plugins[${index}]`, check));
  const twin = plugins.find(({ name }, index) => plugins.findIndex((other) => other.name === name) < index);
  if (twin) check.fail(`two of \`plugins\` have the name ${twin.name}. Give one of them another \`meta.name\`.`);
  return plugins;
}

/** The rules of all plugins, by full name. */
export function rulesOf(plugins: readonly ReadPlugin[]): RuleFacts {
  return Object.assign({}, ...plugins.map(({ rules }) => rules)) as RuleFacts;
}

function readPlugin(value: unknown, key: string, check: ShapeChecks): ReadPlugin {
  const { meta, rules } = check.record(value, `\`${key}\``);
  const { name, file } = check.record(meta, `\`${key}.meta\``);
  if (typeof name !== "string" || !/^[a-z][a-z0-9-]*$/.test(name))
    return check.fail(`\`${key}.meta.name\` has to be lower-case words of a-z and 0-9 joined by "-", such as local.`);
  if (name === "phasewise") check.fail(`\`${key}.meta.name\` is that of Phasewise's own plugin. Give it another one.`);
  const entries = Object.entries(check.record(rules, `\`${key}.rules\``));
  return {
    name,
    file: toPath(file) ?? check.fail(`\`${key}.meta.file\` has to say where the plugin is: import.meta.url.`),
    rules: Object.fromEntries(
      entries.map(([rule, definition]) => [`${name}/${rule}`, readRule(definition, `${key}.rules.${rule}`, check)]),
    ),
  };
}

function toPath(file: unknown): string | undefined {
  if (typeof file !== "string") return undefined;
  if (file.startsWith("file:")) return fileURLToPath(file);
  return isAbsolute(file) ? file : undefined;
}

function readRule(value: unknown, key: string, check: ShapeChecks): RuleFacts[string] {
  const { create, meta = {} } = check.record(value, `\`${key}\``);
  if (typeof create !== "function") check.fail(`\`${key}\` is no rule: it has no \`create\`.`);
  const { schema = [] } = check.record(meta, `\`${key}.meta\``);
  return { schema: [schema].flat() as JsonSchema[] };
}
