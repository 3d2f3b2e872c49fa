/**
 * Values that are known before anything starts, such as those of the environment. Synchronous by decision: reading one does no
 * I/O. Names are paths joined by dots; a text that is a number, `true` or `false` may be read as that.
 *
 * @example
 * ```ts
 * import type { Config } from "@phasewise/runtime/platform";
 *
 * export const addressOf = (config: Config) => `${config.getString("http.host", "127.0.0.1")}:${config.getNumber("http.port")}`;
 * ```
 */
export interface Config {
  /** Is there a value, or are there values below? */
  has(name: string): boolean;

  /** @throws ConfigError `MISSING_VALUE` when there is neither value nor fallback, or `WRONG_TYPE`. */
  getString(name: string, fallback?: string): string;

  /** @throws ConfigError `MISSING_VALUE` or `WRONG_TYPE`, also for a number that is not finite. */
  getNumber(name: string, fallback?: number): number;

  /** @throws ConfigError `MISSING_VALUE` or `WRONG_TYPE`. */
  getBoolean(name: string, fallback?: boolean): boolean;

  /**
   * The values below a name, as a config of their own; none when there are none.
   *
   * @throws ConfigError `WRONG_TYPE` when the name is that of a value.
   */
  getSection(name: string): Config;
}
