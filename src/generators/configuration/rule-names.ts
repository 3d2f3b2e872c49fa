/** The rules of `@phasewise/eslint-plugin`: a test holds the two lists equal. */
export type RuleName =
  | "no-circular-dependency"
  | "no-constructor-work"
  | "no-detached-task"
  | "no-early-service-access"
  | "no-floating-promises"
  | "no-getter-work"
  | "no-import-side-effect"
  | "no-layer-violation"
  | "no-misused-promises"
  | "no-process-signal-handler"
  | "no-sync-io"
  | "no-throw-in-service"
  | "no-undeclared-dependency"
  | "no-unhandled-result"
  | "prefer-async-await"
  | "prefer-concurrent-await"
  | "require-async-hook"
  | "require-async-service-method"
  | "require-disable-reason"
  | "require-disposal"
  | "require-initialized-check"
  | "require-result-return"
  | "require-timeout"
  | "require-transaction";

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
