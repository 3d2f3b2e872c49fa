import { createRequire } from "node:module";
import type { TSESLint } from "@typescript-eslint/utils";
import { createConfig } from "./configs.js";
import { createSharedConfig, type PhasewiseConfig } from "./configure.js";
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
  /** Each is made when it is read: oxlint, which reads none, never loads the parser. */
  configs: {
    /** For a Phasewise application: what has no false alarm by design is an error, the rest warns. */
    get recommended(): TSESLint.FlatConfig.ConfigArray {
      return createConfig("recommended", plugin as TSESLint.FlatConfig.Plugin);
    },
    /** For a Phasewise application: every rule is an error. */
    get strict(): TSESLint.FlatConfig.ConfigArray {
      return createConfig("strict", plugin as TSESLint.FlatConfig.Plugin);
    },
    /** For any TypeScript project: the rules that need no Phasewise. */
    get async(): TSESLint.FlatConfig.ConfigArray {
      return createConfig("async", plugin as TSESLint.FlatConfig.Plugin);
    },
  },
  /**
   * ESLint's configuration from the one that the workspace shares with the gate.
   *
   * @example
   * ```ts
   * // eslint.config.js
   * import phasewise from "@phasewise/eslint-plugin";
   * import config from "./phasewise.config.js";
   *
   * export default phasewise.configure(config);
   * ```
   */
  configure(config: PhasewiseConfig): TSESLint.FlatConfig.ConfigArray {
    return createSharedConfig(config, plugin as TSESLint.FlatConfig.Plugin);
  },
};

export default plugin;
