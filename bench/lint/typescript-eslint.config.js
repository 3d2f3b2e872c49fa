// @ts-nocheck The peers are installed in bench/ only.
import { plugin, parser } from "typescript-eslint";

/** The one rule that its users have for this, with types. */
export default [
  {
    files: ["**/*.ts"],
    languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: process.cwd() } },
    plugins: { "@typescript-eslint": plugin },
    rules: { "@typescript-eslint/no-floating-promises": "error" },
  },
];
