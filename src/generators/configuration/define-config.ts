import type { CommentRuleName, GraphRuleName, RecordRuleName, RuleName } from "./rule-names.js";

/** What a finding of a rule means: nothing, a warning, or a failure of the gate. */
export type Severity = "off" | "warn" | "error";

/** A severity alone keeps the options that the rule has had. */
export type RuleSetting = Severity | readonly [severity: Severity, options?: object];

/** Settings of rules by their name without `phasewise/`. */
export type RuleSettings = { readonly [Rule in RuleName]?: RuleSetting };

/** Settings of rules of the workspace's own, by their full name: `local/no-busy-wait`. */
export type OwnRuleSettings = { readonly [rule: `${string}/${string}`]: RuleSetting };

/** Lint rules of the workspace, as an ESLint plugin that says where it is. */
export interface OwnPlugin {
  readonly meta: {
    /** Stands before the names of its rules, with a `/`. */
    readonly name: string;
    /** `import.meta.url`: the gate loads it from there. */
    readonly file: string;
  };
  /** Rules of ESLint, by name. */
  readonly rules: Readonly<Record<string, object>>;
}

/** Names types: by name alone, or also by where they are declared. The format of typescript-eslint. */
export type TypeSpecifier =
  | string
  | { readonly from: "file"; readonly name: string | readonly string[]; readonly path?: string }
  | { readonly from: "lib"; readonly name: string | readonly string[] }
  | { readonly from: "package"; readonly name: string | readonly string[]; readonly package: string };

/** What `phasewise.config.{js,mjs,ts,json}` says to the editor and to the gate. Globs start from the workspace. */
export interface PhasewiseConfig {
  /** The configuration that `rules` change; `recommended` unless told. */
  readonly extends?: "recommended" | "strict" | "async";
  readonly rules?: RuleSettings & OwnRuleSettings & { readonly [Rule in CommentRuleName | RecordRuleName]?: Severity };
  readonly settings?: {
    /** More types that are Results: those of another package, or of the workspace. */
    readonly resultTypes?: readonly TypeSpecifier[];
    /** More classes whose heirs are services. */
    readonly serviceBases?: readonly TypeSpecifier[];
  };
  /** Globs of files to leave out, beside those that a `.gitignore` names to the gate. */
  readonly ignores?: readonly string[];
  /** Rules for some of the files; of several overrides for a file the last one decides. */
  readonly overrides?: readonly { readonly files: readonly string[]; readonly rules: RuleSettings & OwnRuleSettings }[];
  /** The gate fails when there are more warnings. */
  readonly maxWarnings?: number;
  /**
   * Generators of the workspace, for `phasewise create`: definitions of `defineGenerator`, or names of packages or paths of files that export
   * them, as default or as `generators`.
   */
  readonly generators?: readonly (string | { readonly name: string; readonly summary: string })[];
  /** Lint rules of the workspace's own: plugins that the configuration imports. Each rule is an error unless `rules` say otherwise. */
  readonly plugins?: readonly OwnPlugin[];
  /** What the gate finds in the modules as a whole. */
  readonly graph?: { readonly rules?: { readonly [Rule in GraphRuleName]?: Severity } };
}

/**
 * Types the configuration of a workspace.
 *
 * @example
 * ```ts
 * // phasewise.config.js
 * import { defineConfig } from "phasewise";
 *
 * export default defineConfig({
 *   rules: { "prefer-concurrent-await": "off" },
 *   ignores: ["dist"],
 * });
 * ```
 */
export function defineConfig(config: PhasewiseConfig): PhasewiseConfig {
  return config;
}
