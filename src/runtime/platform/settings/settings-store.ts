import type { Result } from "../../results/result.js";
import type { CallOptions, PlatformFailureCode } from "../platform-service.js";

/** Where settings are kept, as texts by name: all that an adapter of `Settings` has to bring. The names are checked before. */
export interface SettingsStore {
  /** The text of this name, if there is one. */
  read(name: string, options: CallOptions): Promise<Result<string | undefined, PlatformFailureCode>>;
  /** Replaces the text as a whole. */
  write(name: string, text: string, options: CallOptions): Promise<Result<unknown, PlatformFailureCode>>;
  /** All names, in any order. */
  list(options: CallOptions): Promise<Result<readonly string[], PlatformFailureCode>>;
  /** Answers whether there was one. */
  remove(name: string, options: CallOptions): Promise<Result<boolean, PlatformFailureCode>>;
}
