import { Result } from "../../results/result.js";
import type { CacheKey } from "./cache.js";

const longestBytes = 512;
const invalidText = /^$|[\p{Cc}\p{Cs}]/u;

/** The one text that stands for a key: texts of a path joined by `:`, and their own colons written as `%3A`. */
export function writeCacheKey(key: CacheKey): Result<string, "INVALID_KEY"> {
  const path: readonly unknown[] = typeof key === "string" ? [key] : Array.isArray(key) ? key : [];
  if (path.length === 0) return invalid(key, "is neither a text nor a path of texts");
  if (!path.every((text) => typeof text === "string" && !invalidText.test(text))) {
    return invalid(key, "has a text that is empty, has control characters, or is no well-formed Unicode");
  }
  const text = path.map(escape).join(":");
  if (Buffer.byteLength(text) > longestBytes) return invalid(key, `takes more than ${longestBytes} bytes`);
  return Result.success(text);
}

function escape(text: unknown): string {
  const plain = String(text);
  return /[%:]/.test(plain) ? plain.replaceAll("%", "%25").replaceAll(":", "%3A") : plain;
}

function invalid(key: unknown, reason: string) {
  const shown = JSON.stringify(key)?.slice(0, 100) ?? typeof key;
  return Result.error("INVALID_KEY", `The key ${shown} ${reason}. Give a short text, or hash what is long.`);
}
