import type { Failure } from "../../results/outcome.js";
import type { Result } from "../../results/result.js";
import type { StandardSchema } from "../../settings/schema.js";
import type { CallOptions, PlatformFailureCode, PlatformService } from "../platform-service.js";

/**
 * What the calls of settings may fail with, beside the codes of all platform services:
 *
 * - `NOT_FOUND`: there are no settings of this name
 * - `INVALID_NAME`: a name is lower case words of letters, digits and hyphens, joined by dots
 * - `INVALID_SETTINGS`: what is stored is not what the schema takes
 * - `NOT_SERIALIZABLE`: JSON has no form for what is to be written
 */
export type SettingsFailureCode =
  PlatformFailureCode | "NOT_FOUND" | "INVALID_NAME" | "INVALID_SETTINGS" | "NOT_SERIALIZABLE";

/** What `Settings.watch` takes. */
export interface SettingsWatchOptions {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** How long to wait between two looks, in milliseconds; 30,000 by default. */
  readonly everyMs?: number | undefined;
  /** Told when the settings cannot be read, or are invalid, in the meantime. The watch goes on. */
  readonly onFailure?: ((error: Failure<SettingsFailureCode>["error"]) => void) | undefined;
}

/**
 * Settings that change while the application runs, by name: any JSON, checked by a schema when it is read. Those that a module is
 * configured with, once, are `ActivationContext.getSettings`.
 *
 * @example
 * ```ts
 * import type { StandardSchema } from "@phasewise/runtime";
 * import type { Settings } from "@phasewise/runtime/platform";
 *
 * declare const limits: StandardSchema<{ readonly perMinute: number }>;
 *
 * export async function readLimit(settings: Settings): Promise<number> {
 *   const found = await settings.read("billing.limits", limits);
 *   return found.success ? found.data.perMinute : 60;
 * }
 * ```
 */
export interface Settings extends PlatformService {
  /** Reads settings, anew each time, and gives what the schema makes of them. */
  read<T>(name: string, schema: StandardSchema<T>, options?: CallOptions): Promise<Result<T, SettingsFailureCode>>;

  /** Writes settings, whole: whoever reads gets the old ones or the new ones. The last write wins. */
  write(name: string, value: unknown, options?: CallOptions): Promise<Result<undefined, SettingsFailureCode>>;

  /** The names that there are, or those that begin with the prefix, in order. */
  list(prefix?: string, options?: CallOptions): Promise<Result<readonly string[], SettingsFailureCode>>;

  /** Removes settings, and answers whether there were any. */
  remove(name: string, options?: CallOptions): Promise<Result<boolean, SettingsFailureCode>>;

  /**
   * Calls the handler with the settings as they are, and again whenever they have changed, until the signal aborts. Fails when the
   * first look does, and with `HANDLER_FAILED` when the handler throws. It looks again and again: what was undone in between is not seen.
   */
  watch<T>(
    name: string,
    schema: StandardSchema<T>,
    handler: (settings: T) => unknown,
    options: SettingsWatchOptions,
  ): Promise<Result<undefined, SettingsFailureCode | "HANDLER_FAILED">>;
}
