import type { TSESLint } from "@typescript-eslint/utils";
import { configurations, createParserConfig, type RuleName, sourceFiles } from "./configs.js";
import { rules } from "./rules.js";
import type { Settings } from "./settings.js";

type Severity = "off" | "warn" | "error";
type RuleSetting = Severity | readonly [severity: Severity, options?: object];
type RuleSettings = { readonly [Rule in RuleName]?: RuleSetting };

/** What `phasewise.config.{js,mjs,ts,json}` says: the editor goes by it, and so does the gate, which reads more of it. */
export interface PhasewiseConfig {
  /** The configuration that `rules` change; `recommended` unless told. */
  readonly extends?: keyof typeof configurations;
  /** A severity alone keeps the options that the rule has in that configuration. */
  readonly rules?: RuleSettings & { readonly [Rule in keyof typeof ofTheGate]?: Severity };
  readonly settings?: Partial<Settings>;
  /** Globs of files to leave out. */
  readonly ignores?: readonly string[];
  /** A severity alone keeps the options that the rule has outside of the overrides. */
  readonly overrides?: readonly { readonly files: readonly string[]; readonly rules: RuleSettings }[];
  /** For the gate alone. */
  readonly maxWarnings?: number;
  /** For the gate alone. */
  readonly graph?: object;
}

/** What the gate alone finds. */
const ofTheGate = { "generated-drift": true, "unused-disable": true };

const keys = ["$schema", "extends", "rules", "settings", "ignores", "overrides", "maxWarnings", "graph"];

/**
 * Makes ESLint's flat configuration of the one that a workspace shares with the gate.
 *
 * @throws Error where it has a key that nobody reads.
 */
export function createSharedConfig(
  config: PhasewiseConfig,
  plugin: TSESLint.FlatConfig.Plugin,
): TSESLint.FlatConfig.ConfigArray {
  const unknown = Object.keys(config).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`The configuration of Phasewise has no \`${unknown}\`.`);
  const { extends: preset = "recommended", settings = {}, ignores = [], overrides = [] } = config;
  const base: Rules = configurations[preset];
  const common = { ...base, ...completeRules(config.rules ?? {}, base) } as Rules;
  return [
    ...(ignores.length > 0 ? [{ name: "phasewise/ignores", ignores: [...ignores] }] : []),
    {
      name: `phasewise/${preset}`,
      files: [sourceFiles],
      plugins: { phasewise: plugin },
      rules: common as TSESLint.SharedConfig.RulesRecord,
      settings: { phasewise: settings },
    },
    createParserConfig(),
    ...overrides.map(({ files, rules: changes }, index) => ({
      name: `phasewise/overrides[${index}]`,
      // A glob for other files must not make ESLint lint those.
      files: files.map((glob) => [glob, sourceFiles]),
      rules: completeRules(changes, common),
    })),
  ];
}

type Rules = Readonly<Record<string, RuleSetting>>;

/** Rules with the options they have before. ESLint by itself would keep those of any override the file has had. */
function completeRules(changes: RuleSettings, before: Rules): TSESLint.SharedConfig.RulesRecord {
  const own = Object.entries(changes).filter(([name, setting]) => setting !== undefined && !(name in ofTheGate));
  const complete = own.map(([name, setting]) => {
    const [severity, options] = toPair(setting);
    const chosen = options ?? toPair(before[`phasewise/${name}`])[1] ?? noOptions(name);
    return [`phasewise/${name}`, chosen === undefined ? severity : [severity, chosen]] as const;
  });
  return Object.fromEntries(complete) as TSESLint.SharedConfig.RulesRecord;
}

function toPair(setting: RuleSetting = "off"): readonly [Severity, object?] {
  return typeof setting === "string" ? [setting] : setting;
}

/** For a rule that takes options, those that say nothing. */
function noOptions(name: string): object | undefined {
  const { schema = [] } = rules[name as RuleName]?.meta ?? {};
  return [schema].flat().length > 0 ? {} : undefined;
}
