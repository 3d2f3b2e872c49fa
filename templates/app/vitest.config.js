import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["{modules,src,generators}/**/*.test.ts", "lint-rules/**/*.test.js"] } });
