// @ts-nocheck The peers are installed in bench/ only.
import phasewise from "@phasewise/eslint-plugin";
import { configs, parser, plugin } from "typescript-eslint";

/** The configuration of ESLint of each case. */
export function createConfig(name, folder) {
  const parserOptions = { projectService: true, tsconfigRootDir: folder };
  if (name.startsWith("phasewise")) return phasewise.configs.recommended;
  if (name.includes("recommended")) return [...configs.recommendedTypeChecked, { languageOptions: { parserOptions } }];
  const rules = { "@typescript-eslint/no-floating-promises": "error" };
  return [
    {
      files: ["**/*.ts"],
      languageOptions: { parser, parserOptions },
      plugins: { "@typescript-eslint": plugin },
      rules,
    },
  ];
}
