import type { Failure, Success } from "../../results/outcome.js";
import { Result } from "../../results/result.js";

const maxBytes = 1_024;

/** Control characters, halves of characters, line and paragraph separators, and the other separator of paths. */
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\\]/u;

type Parsed = Success<string> | Failure<"INVALID_KEY">;

/**
 * Checks a key, for every adapter of `ObjectStorage` alike: what passes can neither leave a folder nor break a header.
 *
 * @example
 * ```ts
 * import { parseObjectKey } from "@phasewise/runtime/platform";
 *
 * console.log(parseObjectKey("invoices/i-1.pdf").success, parseObjectKey("../i-1.pdf").success); // true false
 * ```
 */
export function parseObjectKey(key: string): Parsed {
  const problem = findProblem(key) ?? (hasEmptyPart(key) ? "has a part that is empty, . or .." : undefined);
  return problem === undefined ? Result.success(key) : invalidKey("key", key, problem);
}

/**
 * Checks what the keys of a list begin with: any beginning of a key, also none.
 *
 * @example
 * ```ts
 * import { parseKeyPrefix } from "@phasewise/runtime/platform";
 *
 * console.log(parseKeyPrefix("").success, parseKeyPrefix("invoices/20").success); // true true
 * ```
 */
export function parseKeyPrefix(prefix: string): Parsed {
  const problem = findProblem(prefix);
  return problem === undefined ? Result.success(prefix) : invalidKey("prefix", prefix, problem);
}

function findProblem(text: string): string | undefined {
  if (typeof text !== "string") return "is no text";
  if (Buffer.byteLength(text) > maxBytes) return `is longer than ${maxBytes} bytes`;
  return forbidden.test(text) ? "has a backslash, a control character or half a character" : undefined;
}

function hasEmptyPart(key: string): boolean {
  return key.split("/").some((part) => part === "" || part === "." || part === "..");
}

function invalidKey(what: string, text: unknown, problem: string): Failure<"INVALID_KEY"> {
  return Result.error("INVALID_KEY", `the ${what} ${JSON.stringify(String(text).slice(0, 60))} ${problem}`);
}
