import { Result } from "../../results/result.js";
import { sleep } from "../../tasks/sleep.js";
import type { CallOptions } from "../platform-service.js";
import type { Secret } from "./secret.js";
import type { SecretHandler, SecretsFailureCode, WatchOptions } from "./secrets.js";

/**
 * What `Secrets.watch` does, for adapters whose server cannot tell of changes: it looks again and again. A handler is
 * never called while an earlier call of it runs.
 *
 * @throws TaskError `INVALID_OPTION` for an `everyMs` that is no duration.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { Secret, watchSecret } from "@phasewise/runtime/platform";
 *
 * export const watchKey = (signal: AbortSignal) =>
 *   watchSecret(async () => Result.success(new Secret("k-1")), (key) => console.log(`read ${key}`), { signal });
 * ```
 */
export async function watchSecret(
  read: (options: CallOptions) => Promise<Result<Secret, SecretsFailureCode>>,
  handler: SecretHandler,
  { signal, everyMs = 30_000, onFailure }: WatchOptions,
): Promise<Result<undefined, SecretsFailureCode | "HANDLER_FAILED">> {
  let known: string | undefined;
  while (!signal.aborted) {
    const secret = await read({ signal });
    if (secret.success) {
      const text = secret.data.reveal();
      const handled = text === known ? undefined : await Result.attempt("HANDLER_FAILED", () => handler(secret.data));
      if (handled?.success === false) return handled;
      known = text;
    } else if (!signal.aborted) {
      if (known === undefined || secret.error.code === "NOT_INITIALIZED") return secret;
      onFailure?.(secret.error);
    }
    if (!(await pause(everyMs, signal))) break;
  }
  return Result.success(undefined);
}

/** Answers whether the whole time has passed. */
async function pause(durationMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(durationMs, { signal });
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}
