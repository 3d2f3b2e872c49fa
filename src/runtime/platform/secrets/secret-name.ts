import type { Failure, Success } from "../../results/outcome.js";
import { Result } from "../../results/result.js";

const grammar = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const maxLength = 200;

/**
 * Takes a name apart at its dots, for every adapter of `Secrets` alike: what passes holds no path, no pattern, no control
 * character and no upper case letter. Anything else is `INVALID_NAME`.
 *
 * @example
 * ```ts
 * import { parseSecretName } from "@phasewise/runtime/platform";
 *
 * console.log(parseSecretName("billing.stripe-key")); // { success: true, data: ["billing", "stripe-key"] }
 * ```
 */
export function parseSecretName(name: string): Success<readonly string[]> | Failure<"INVALID_NAME"> {
  if (typeof name === "string" && name.length <= maxLength && grammar.test(name)) {
    return Result.success(name.split("."));
  }
  const shown = JSON.stringify(String(name).slice(0, 40));
  return Result.error(
    "INVALID_NAME",
    `${shown} names no secret: use lower case letters, digits, hyphens and dots, at most ${maxLength}, such as billing.stripe-key`,
  );
}
