import { createRequire } from "node:module";
import type { TSESLint } from "@typescript-eslint/utils";

/** Severities of `recommended`, the same in the editor and under the gate. */
export const recommendedRules = {
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
  "phasewise/require-disposal": "warn",
  "phasewise/require-initialized-check": "error",
  "phasewise/require-result-return": "error",
  "phasewise/require-timeout": "warn",
  "phasewise/require-transaction": "warn",
} as const;

/** The flat configuration for a Phasewise application. It alone loads the parser, which needs the classic compiler. */
export function createRecommended(plugin: TSESLint.FlatConfig.Plugin): TSESLint.FlatConfig.ConfigArray {
  return [
    {
      name: "phasewise/recommended",
      files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
      plugins: { phasewise: plugin },
      rules: recommendedRules,
    },
    {
      name: "phasewise/parser",
      files: ["**/*.{ts,mts,cts,tsx}"],
      languageOptions: { parser: loadParser() },
    },
  ];
}

function loadParser(): TSESLint.Parser.LooseParserModule {
  return createRequire(import.meta.url)("@typescript-eslint/parser") as TSESLint.Parser.LooseParserModule;
}
