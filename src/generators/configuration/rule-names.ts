/** The rules of `@phasewise/eslint-plugin`, and of nothing else: a test holds the two lists equal. */
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
  | "require-disposal"
  | "require-initialized-check"
  | "require-result-return"
  | "require-timeout"
  | "require-transaction";

/** What the gate finds in disable comments, which no linter does. */
export type CommentRuleName = keyof typeof commentRules;

/** The severities of these findings, unless told. */
export const commentRules = { "missing-reason": "error", "unused-disable": "warn" } as const;
