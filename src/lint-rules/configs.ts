import { createRequire } from "node:module";
import type { TSESLint } from "@typescript-eslint/utils";
import type { rules } from "./rules.js";

/** A rule by its name without the prefix `phasewise/`. */
export type RuleName = keyof typeof rules;

type FullName = `phasewise/${RuleName}`;
type Severity = "error" | "warn";

/** For a Phasewise application: what has no false alarm by design is an error, the rest warns. */
const recommended = {
  "phasewise/no-circular-dependency": "error",
  "phasewise/no-constructor-work": "warn",
  "phasewise/no-detached-task": "warn",
  "phasewise/no-early-service-access": "error",
  "phasewise/no-floating-promises": "error",
  "phasewise/no-getter-work": "warn",
  "phasewise/no-import-side-effect": "error",
  "phasewise/no-layer-violation": "warn",
  "phasewise/no-misused-promises": "error",
  "phasewise/no-process-signal-handler": "error",
  "phasewise/no-sync-io": "error",
  "phasewise/no-throw-in-service": "error",
  "phasewise/no-undeclared-dependency": "error",
  "phasewise/no-unhandled-result": "error",
  "phasewise/prefer-async-await": "warn",
  "phasewise/prefer-concurrent-await": "warn",
  "phasewise/require-async-hook": "error",
  "phasewise/require-async-service-method": "error",
  "phasewise/require-disable-reason": "error",
  "phasewise/require-disposal": "warn",
  "phasewise/require-initialized-check": "error",
  "phasewise/require-result-return": "error",
  "phasewise/require-timeout": "warn",
  "phasewise/require-transaction": "warn",
} satisfies Record<FullName, Severity>;

/** For any TypeScript project: the rules that need no Phasewise. */
const anyProject = {
  "phasewise/no-floating-promises": "error",
  "phasewise/no-misused-promises": "error",
  "phasewise/no-sync-io": "error",
  "phasewise/no-unhandled-result": "error",
  "phasewise/prefer-async-await": "warn",
  "phasewise/prefer-concurrent-await": "warn",
  "phasewise/require-disable-reason": "error",
  "phasewise/require-disposal": "warn",
  "phasewise/require-timeout": ["warn", { everywhere: true }],
} satisfies Partial<Record<FullName, Severity | [Severity, object]>>;

/** The rules of each configuration, the same in ESLint, in oxlint and under the gate. */
export const configurations = { recommended, strict: makeErrors(recommended), async: anyProject };

/** The flat configuration of that name. It alone loads the parser, which needs the classic compiler. */
export function createConfig(
  name: keyof typeof configurations,
  plugin: TSESLint.FlatConfig.Plugin,
): TSESLint.FlatConfig.ConfigArray {
  return [
    {
      name: `phasewise/${name}`,
      files: [sourceFiles],
      plugins: { phasewise: plugin },
      rules: configurations[name],
      linterOptions: { reportUnusedDisableDirectives: "warn" },
    },
    createParserConfig(),
  ];
}

/** The files that are linted. */
export const sourceFiles = "**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}";

/** How TypeScript is parsed. */
export function createParserConfig(): TSESLint.FlatConfig.Config {
  return {
    name: "phasewise/parser",
    files: ["**/*.{ts,mts,cts,tsx}"],
    languageOptions: { parser: loadParser() },
  };
}

function makeErrors(severities: typeof recommended): Record<FullName, "error"> {
  const names = Object.keys(severities) as FullName[];
  return Object.fromEntries(names.map((name) => [name, "error"])) as Record<FullName, "error">;
}

function loadParser(): TSESLint.Parser.LooseParserModule {
  return createRequire(import.meta.url)("@typescript-eslint/parser") as TSESLint.Parser.LooseParserModule;
}
