import { defineConfig } from "vitest/config";

/**
 * For the tests in the golden trees, which the repository's own configuration leaves out. That of a rule of the plugin needs the
 * repository around it: create-plugin-rule.test.ts runs it there.
 */
export default defineConfig({
  test: { include: ["**/*.test.[jt]s"], exclude: ["**/node_modules/**", "plugin-rule/**"], cache: false },
});
