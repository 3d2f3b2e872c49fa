import { defineConfig } from "vitest/config";

/** For the tests in the golden trees, which the repository's own configuration leaves out. */
export default defineConfig({ test: { include: ["**/*.test.ts"], cache: false } });
