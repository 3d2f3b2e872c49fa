import { Result } from "../results/result.js";

/** Writes a value as JSON. What JSON has no form for, such as `undefined`, a function, a bigint or a circle, is a Failure. */
export function writeJson(value: unknown): Result<string, "NOT_SERIALIZABLE"> {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return Result.success(text);
    return Result.error("NOT_SERIALIZABLE", `JSON has no form for a value of the type ${typeof value}.`);
  } catch (cause) {
    return Result.error("NOT_SERIALIZABLE", `The value cannot be written as JSON: ${String(cause)}`, { cause });
  }
}

/** Reads what `writeJson` wrote. The type is the word of the caller: nothing is checked. */
export function readJson<T>(text: string): Result<T, "NOT_SERIALIZABLE"> {
  try {
    return Result.success(JSON.parse(text) as T);
  } catch (cause) {
    return Result.error("NOT_SERIALIZABLE", "What is stored there is no JSON: somebody else has written it.", {
      cause,
    });
  }
}
