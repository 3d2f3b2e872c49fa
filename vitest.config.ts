import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@phasewise/source"] },
  ssr: { resolve: { conditions: ["@phasewise/source", "node"] } },
  test: {
    include: ["test/**/*.test.ts", "examples/orders/modules/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/golden/**", "**/fixtures/**"],
    typecheck: { enabled: true, checker: "tsc", include: ["test/**/*.test-d.ts"] },
    // By default one processor is kept free, which on two is half of them.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
