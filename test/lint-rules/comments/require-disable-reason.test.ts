import plugin from "@phasewise/eslint-plugin";
import type { ESLint } from "eslint";
import { type Pair, testRule } from "../rule-tester.js";

const missing = (rules: string, directive: string) => ({ messageId: "missing", data: { rules, directive } });
const oneRule = "`phasewise/no-sync-io`";

const pairs: Pair[] = [
  {
    name: "a comment for the next line without a reason, but not with one",
    invalid: `«// eslint-disable-next-line phasewise/no-sync-io»\nexport const a = 1;`,
    errors: [missing(oneRule, "eslint-disable-next-line phasewise/no-sync-io")],
    valid: `// eslint-disable-next-line phasewise/no-sync-io -- read once\nexport const a = 1;`,
  },
  {
    name: "a comment for its own line",
    invalid: `export const a = 1; «// eslint-disable-line phasewise/no-sync-io»`,
    errors: [missing(oneRule, "eslint-disable-line phasewise/no-sync-io")],
    valid: `export const a = 1; // eslint-disable-line phasewise/no-sync-io -- read once`,
  },
  {
    name: "a comment for all that follows",
    invalid: `«/* eslint-disable phasewise/no-sync-io */»\nexport const a = 1;\n/* eslint-enable phasewise/no-sync-io */`,
    errors: [missing(oneRule, "eslint-disable phasewise/no-sync-io")],
    valid: `/* eslint-disable phasewise/no-sync-io -- a script */\nexport const a = 1;\n/* eslint-enable phasewise/no-sync-io */`,
  },
  {
    name: "oxlint's own form",
    invalid: `«// oxlint-disable-next-line phasewise/no-sync-io»\nexport const a = 1;`,
    errors: [missing(oneRule, "oxlint-disable-next-line phasewise/no-sync-io")],
    valid: `// oxlint-disable-next-line phasewise/no-sync-io -- read once\nexport const a = 1;`,
  },
  {
    name: "each rule of the plugin, but no rule of another one",
    invalid: `«// eslint-disable-next-line phasewise/no-sync-io, no-console, phasewise/require-timeout»\nexport const a = 1;`,
    errors: [
      missing(
        "`phasewise/no-sync-io`, `phasewise/require-timeout`",
        "eslint-disable-next-line phasewise/no-sync-io, no-console, phasewise/require-timeout",
      ),
    ],
    valid: `// eslint-disable-next-line no-console, no-alert\nexport const a = 1;`,
  },
  {
    name: "a comment for all rules of the next line",
    invalid: `«// eslint-disable-next-line»\nexport const a = 1;`,
    errors: [missing("all rules", "eslint-disable-next-line")],
    valid: `// eslint-disable-next-line -- generated\nexport const a = 1;`,
  },
  {
    name: "dashes without words behind them",
    invalid: `«/* eslint-disable-next-line phasewise/no-sync-io -- */»\nexport const a = 1;`,
    errors: [missing(oneRule, "eslint-disable-next-line phasewise/no-sync-io")],
    valid: `/* eslint-disable-next-line phasewise/no-sync-io --- read once */\nexport const a = 1;`,
  },
  {
    name: "a comment over several lines",
    invalid: `«/* eslint-disable-next-line\n  phasewise/no-sync-io\n*/»\nexport const a = 1;`,
    errors: [missing(oneRule, "eslint-disable-next-line phasewise/no-sync-io")],
    valid: `/* eslint-disable-next-line\n  phasewise/no-sync-io\n  -- read once\n*/\nexport const a = 1;`,
  },
  {
    name: "no comment that only talks of one, and no text that looks like one",
    invalid: `«// eslint-disable-next-line phasewise/no-sync-io»\nexport const other = 1;`,
    errors: [missing(oneRule, "eslint-disable-next-line phasewise/no-sync-io")],
    valid: `// write eslint-disable-next-line phasewise/no-sync-io here\n// eslint-disable-next-lines phasewise/no-sync-io\nexport const a = "// eslint-disable-next-line phasewise/no-sync-io";`,
  },
];

// The rules that the comments name are there and do not run, so that each of these comments silences nothing.
testRule("require-disable-reason", pairs, {
  plugins: { phasewise: plugin as unknown as ESLint.Plugin },
  linterOptions: { reportUnusedDisableDirectives: "off" },
});
