import type { DatabaseFailureCode } from "./database.js";

/** A failure that is known without the server. */
export class SqlFailure extends Error {
  readonly code: DatabaseFailureCode;

  constructor(code: DatabaseFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SqlFailure";
    this.code = code;
  }
}

const codes: readonly (readonly [RegExp, DatabaseFailureCode])[] = [
  [/^23/, "CONSTRAINT_VIOLATED"],
  [/^(?:40001|40P01)$/, "SERIALIZATION_FAILED"],
  [/^(?:25P03|57P0[1-5])$/, "UNAVAILABLE"],
  [/^(?:57014|55P03|25P04)$/, "TIMED_OUT"],
  [/^(?:25|40)/, "TRANSACTION_FAILED"],
  [/^(?:08|28|3D|53|58)/, "UNAVAILABLE"],
];

/** The code for what a client of PostgreSQL throws: by SQLSTATE if the server has said it. */
export function databaseCodeOf(error: unknown): DatabaseFailureCode {
  if (error instanceof SqlFailure) return error.code;
  if (!isServerError(error)) return error instanceof TypeError ? "QUERY_FAILED" : "UNAVAILABLE";
  return codes.find(([states]) => states.test(error.code))?.[1] ?? "QUERY_FAILED";
}

/** Did the server say this, and not the client library? */
function isServerError(error: unknown): error is { readonly code: string } {
  return error instanceof Error && "severity" in error && "code" in error && typeof error.code === "string";
}
