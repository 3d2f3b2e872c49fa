import type { TSESLint } from "@typescript-eslint/utils";
import { configurations, createParserConfig, type RuleName, sourceFiles } from "./configs.js";
import type { Settings } from "./settings.js";

type Severity = "off" | "warn" | "error";
type RuleSetting = Severity | readonly [severity: Severity, options?: object];
type RuleSettings = { readonly [Rule in RuleName]?: RuleSetting } & {
  readonly [rule: `${string}/${string}`]: RuleSetting;
};

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
  /** Rules of the workspace's own; each is an error unless `rules` say otherwise. */
  readonly plugins?: readonly {
    readonly meta: { readonly name: string };
    readonly rules: Readonly<Record<string, object>>;
  }[];
  /** For `phasewise create` alone. */
  readonly generators?: readonly unknown[];
  /** For the gate alone. */
  readonly graph?: object;
}

/** What the gate alone finds. */
const ofTheGate = { "generated-drift": true, "unused-disable": true };

const keys = [
  ...[
    "$schema",
    "extends",
    "rules",
    "settings",
    "ignores",
    "overrides",
    "maxWarnings",
    "plugins",
    "generators",
    "graph",
  ],
];

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
  const { extends: preset = "recommended", settings = {}, ignores = [], overrides = [], plugins = [] } = config;
  const byName = Object.fromEntries(plugins.map((own) => [own.meta.name, own as TSESLint.FlatConfig.Plugin]));
  const known = { ...byName, phasewise: plugin };
  const base: Rules = { ...configurations[preset], ...makeErrors(byName) };
  const common = { ...base, ...completeRules(config.rules ?? {}, base, known) } as Rules;
  return [
    ...(ignores.length > 0 ? [{ name: "phasewise/ignores", ignores: [...ignores] }] : []),
    {
      name: `phasewise/${preset}`,
      files: [sourceFiles],
      plugins: known,
      rules: common as TSESLint.SharedConfig.RulesRecord,
      settings: { phasewise: settings },
    },
    createParserConfig(),
    ...overrides.map(({ files, rules: changes }, index) => ({
      name: `phasewise/overrides[${index}]`,
      // A glob for other files must not make ESLint lint those.
      files: files.map((glob) => [glob, sourceFiles]),
      rules: completeRules(changes, common, known),
    })),
  ];
}

type Rules = Readonly<Record<string, RuleSetting>>;
type Plugins = Readonly<Record<string, TSESLint.FlatConfig.Plugin>>;

/** Whoever writes a rule wants to know what it finds. */
function makeErrors(plugins: Plugins): Rules {
  const names = Object.entries(plugins).flatMap(([name, { rules = {} }]) =>
    Object.keys(rules).map((rule) => `${name}/${rule}`),
  );
  return Object.fromEntries(names.map((name) => [name, "error"] as const));
}

/** Rules with the options they have before. ESLint by itself would keep those of any override the file has had. */
function completeRules(changes: RuleSettings, before: Rules, plugins: Plugins): TSESLint.SharedConfig.RulesRecord {
  const told = Object.entries(changes).filter(([name, setting]) => setting !== undefined && !(name in ofTheGate));
  const complete = told.map(([key, setting]) => {
    const name = key.includes("/") ? key : `phasewise/${key}`;
    const [severity, options] = toPair(setting as RuleSetting);
    const chosen = options ?? toPair(before[name])[1] ?? noOptions(name, plugins);
    return [name, chosen === undefined ? severity : [severity, chosen]] as const;
  });
  return Object.fromEntries(complete) as TSESLint.SharedConfig.RulesRecord;
}

function toPair(setting: RuleSetting = "off"): readonly [Severity, object?] {
  return typeof setting === "string" ? [setting] : setting;
}

/** For a rule that takes options, those that say nothing. */
function noOptions(name: string, plugins: Plugins): object | undefined {
  const [plugin = "", rule = ""] = name.split("/");
  const found = plugins[plugin]?.rules?.[rule] as { meta?: { schema?: unknown } } | undefined;
  const { schema = [] } = found?.meta ?? {};
  return [schema].flat().length > 0 ? {} : undefined;
}
