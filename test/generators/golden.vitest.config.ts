import { defineConfig } from "vitest/config";

/**
 * For the tests in the golden trees, which the repository's own configuration leaves out. That of a lint rule needs the
 * repository around it: create-lint-rule.test.ts runs it there.
 */
export default defineConfig({
  test: { include: ["**/*.test.ts"], exclude: ["**/node_modules/**", "lint-rule/**"], cache: false },
});
