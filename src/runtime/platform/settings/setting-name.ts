import { Result } from "../../results/result.js";

const grammar = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const maxLength = 200;

/** What passes holds no path, no pattern, no control character and no upper case letter. */
export function requireSettingName(name: string): Result<string, "INVALID_NAME"> {
  if (isSettingName(name)) return Result.success(name);
  const shown = JSON.stringify(String(name).slice(0, 40));
  const words = "lower case letters, digits, hyphens and dots";
  const remedy = `use ${words}, at most ${maxLength}, such as billing.limits`;
  return Result.error("INVALID_NAME", `${shown} names no settings: ${remedy}`);
}

/** Is this the name of settings, and not of something else that lies beside them? */
export function isSettingName(name: unknown): name is string {
  return typeof name === "string" && name.length <= maxLength && grammar.test(name);
}
