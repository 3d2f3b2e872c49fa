import type { rules } from "./rules.js";

/** For a Phasewise application. */
export const recommended = {
  "phasewise/no-busy-wait": "warn",
  "phasewise/no-sync-io": "error",
  "phasewise/require-result-return": "error",
} satisfies Record<`phasewise/${keyof typeof rules}`, "error" | "warn">;
