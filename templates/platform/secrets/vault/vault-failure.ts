import { type Failure, Result, type ResultError } from "@phasewise/runtime";
import type { HttpErrorCode } from "@phasewise/runtime/http";

/** What an exchange with Vault may fail with. */
export type VaultFailureCode = "NOT_FOUND" | "FORBIDDEN" | "UNAVAILABLE" | "TIMED_OUT";

/** The Failure of a request, by what its status means to Vault: a sealed one answers 503. */
export function vaultFailure(error: ResultError<HttpErrorCode>): Failure<VaultFailureCode> {
  const status = error.code === "HTTP_STATUS" ? error.details?.["status"] : undefined;
  const code = status === 404 ? "NOT_FOUND" : status === 403 ? "FORBIDDEN" : "UNAVAILABLE";
  return Result.error(error.code === "TIMED_OUT" ? "TIMED_OUT" : code, error.message, { cause: error });
}
