/** The rules of `@phasewise/eslint-plugin`: a test holds the two lists equal. */
export type RuleName = keyof typeof pluginRules;

const pluginRules = {
  "no-circular-dependency": true,
  "no-constructor-work": true,
  "no-detached-task": true,
  "no-early-service-access": true,
  "no-floating-promises": true,
  "no-getter-work": true,
  "no-import-side-effect": true,
  "no-layer-violation": true,
  "no-misused-promises": true,
  "no-process-signal-handler": true,
  "no-sync-io": true,
  "no-throw-in-service": true,
  "no-undeclared-dependency": true,
  "no-unhandled-result": true,
  "prefer-async-await": true,
  "prefer-concurrent-await": true,
  "require-async-hook": true,
  "require-async-service-method": true,
  "require-disable-reason": true,
  "require-disposal": true,
  "require-initialized-check": true,
  "require-result-return": true,
  "require-timeout": true,
  "require-transaction": true,
};

/** What the gate finds beside the rules of the plugin, in disable comments: no linter lets a plugin see what they silence. */
export type CommentRuleName = keyof typeof commentRules;

/** The severities of these findings, unless told. */
export const commentRules = { "unused-disable": "warn" } as const;

/** What the gate finds in files that a generator has made and recorded. */
export type RecordRuleName = keyof typeof recordRules;

/** The severities of these findings, unless told. */
export const recordRules = { "generated-drift": "warn" } as const;

/** All rules of the gate that take a severity beside those of the plugin. */
export const gateRules = { ...commentRules, ...recordRules } as const;

/** What the gate finds in the modules as a whole; in reports `graph/` comes before the name. */
export type GraphRuleName = (typeof graphRuleNames)[number];

export const graphRuleNames = [
  "cycle",
  "duplicate-module",
  "duplicate-service",
  "missing-dependency",
  "unhandled-event",
  "unprovided-service",
  "unpublished-event",
  "version-mismatch",
] as const;
