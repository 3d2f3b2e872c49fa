import type { ResultError } from "../../results/outcome.js";
import type { Result } from "../../results/result.js";
import type { CallOptions, PlatformFailureCode, PlatformService } from "../platform-service.js";
import type { Secret } from "./secret.js";

/**
 * What a call of `Secrets` may fail with, beside what every platform service may:
 *
 * - `NOT_FOUND`: there is no such secret, or it is empty
 * - `FORBIDDEN`: the application may not read it
 * - `INVALID_NAME`: no secret can have this name
 */
export type SecretsFailureCode = PlatformFailureCode | "NOT_FOUND" | "FORBIDDEN" | "INVALID_NAME";

/** Receives a secret that was read. */
export type SecretHandler = (secret: Secret) => unknown;

/** What `Secrets.watch` takes. */
export interface WatchOptions {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** How long to wait between two looks at the secret, in milliseconds; 30,000 by default. */
  readonly everyMs?: number | undefined;
  /** Told why a later look failed. The watch goes on: what the handler was last given still stands. */
  readonly onFailure?: ((error: ResultError<SecretsFailureCode>) => void) | undefined;
}

/**
 * Reads the secrets of the application. Names are words of lower case letters, digits and hyphens, joined by dots, such as
 * `billing.stripe-key`; nothing else is ever looked up.
 *
 * @example
 * ```ts
 * import type { Secrets } from "@phasewise/runtime/platform";
 *
 * export async function authorize(secrets: Secrets): Promise<Record<string, string>> {
 *   const key = await secrets.getSecret("billing.stripe-key", { timeoutMs: 1_000 });
 *   return key.success ? { authorization: `Bearer ${key.data.reveal()}` } : {};
 * }
 * ```
 */
export interface Secrets extends PlatformService {
  /** Reads a secret as it is now. */
  getSecret(name: string, options?: CallOptions): Promise<Result<Secret, SecretsFailureCode>>;

  /** Reads several at the same time: all of them, or the Failure of the first that there is one for. */
  getSecrets<Name extends string>(
    names: readonly Name[],
    options?: CallOptions,
  ): Promise<Result<Readonly<Record<Name, Secret>>, SecretsFailureCode>>;

  /**
   * Gives the secret to the handler as it is now, and again whenever it has changed; the next look waits for the handler.
   * Ends with a Success when the signal aborts, with a Failure when the first look fails or the service is stopped, and with
   * `HANDLER_FAILED` when the handler rejects.
   */
  watch(
    name: string,
    handler: SecretHandler,
    options: WatchOptions,
  ): Promise<Result<undefined, SecretsFailureCode | "HANDLER_FAILED">>;
}
