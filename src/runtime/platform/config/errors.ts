import { PhasewiseError } from "../../results/coded-error.js";

/** What can be wrong with a `Config` and with its use. */
export type ConfigErrorCode = "MISSING_VALUE" | "WRONG_TYPE" | "INVALID_VALUES";

/**
 * What a `Config` throws for a value that is not there or not of that type. It tells no value, which may be a secret.
 *
 * @example
 * ```ts
 * import { type Config, ConfigError } from "@phasewise/runtime/platform";
 *
 * export function findPort(config: Config): number | undefined {
 *   try {
 *     return config.getNumber("http.port");
 *   } catch (error) {
 *     if (error instanceof ConfigError && error.code === "MISSING_VALUE") return undefined;
 *     throw error;
 *   }
 * }
 * ```
 */
export class ConfigError extends PhasewiseError<ConfigErrorCode> {}

export const missingValue = (path: string) =>
  new ConfigError("MISSING_VALUE", `There is no value ${JSON.stringify(path)}. Set it, or give a fallback.`);

export const wrongType = (path: string, expected: string, value: unknown) =>
  new ConfigError("WRONG_TYPE", `${JSON.stringify(path)} must be ${expected}, and is ${describe(value)}.`);

export const invalidValues = (path: string, value: unknown) =>
  new ConfigError(
    "INVALID_VALUES",
    `createConfig: ${path === "" ? "values" : JSON.stringify(path)} must be made of texts, numbers, true, false, and records of these, and is ${describe(value)}.`,
  );

function describe(value: unknown): string {
  if (value === null || Number.isNaN(value)) return String(value);
  return Array.isArray(value) ? "a list" : `a ${typeof value === "object" ? "record" : typeof value}`;
}
