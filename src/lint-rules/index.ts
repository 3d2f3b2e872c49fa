import { createRequire } from "node:module";
import type { TSESLint } from "@typescript-eslint/utils";
import { createRecommended } from "./configs.js";
import { rules } from "./rules.js";

const { version } = createRequire(import.meta.url)("@phasewise/eslint-plugin/package.json") as { version: string };

/**
 * The plugin, for ESLint (`import phasewise from "@phasewise/eslint-plugin"`) and for oxlint (`jsPlugins`).
 *
 * @example
 * ```ts
 * // eslint.config.js
 * import phasewise from "@phasewise/eslint-plugin";
 *
 * export default [{ ignores: ["dist/"] }, ...phasewise.configs.recommended];
 * ```
 */
const plugin = {
  meta: { name: "@phasewise/eslint-plugin", namespace: "phasewise", version },
  rules,
  configs: {
    /** For a Phasewise application. Made when it is read: oxlint, which does not, never loads the parser. */
    get recommended(): TSESLint.FlatConfig.ConfigArray {
      return createRecommended(plugin as TSESLint.FlatConfig.Plugin);
    },
  },
};

export default plugin;
