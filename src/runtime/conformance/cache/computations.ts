import assert from "node:assert/strict";
import type { Result } from "../../results/result.js";

/** A computation that nobody may begin. */
export const neverAsked = (): Promise<Result<never>> => assert.fail("This value is known.");

/** A computation that ends by its signal alone. */
export function neverEnding() {
  let begin: (signal: AbortSignal) => void;
  const begun = new Promise<AbortSignal>((resolve) => (begin = resolve));
  const compute = (signal: AbortSignal) =>
    new Promise<Result<string>>((_, reject) => {
      begin(signal);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  return { begun, compute };
}
