import { isFailure } from "./is-failure.js";
import type { Failure, Success } from "./outcome.js";
import type { Result } from "./result.js";

type Parsed<C extends string> = Result<unknown, C | "MALFORMED_RESULT">;

/**
 * Reads a Result that came from elsewhere, as JSON text or as the value of it. What is no Result gives a Failure
 * `MALFORMED_RESULT`; so does, when `codes` lists the codes to expect, a Failure with another one. The data is not checked.
 */
export function parseResult<const C extends string = string>(source: unknown, codes?: readonly C[]): Parsed<C> {
  if (typeof source !== "string") return readResult(source, codes);
  try {
    return readResult(JSON.parse(source), codes);
  } catch (cause) {
    return malformed("The text is no JSON", cause);
  }
}

function readResult<C extends string>(value: unknown, codes: readonly C[] | undefined): Parsed<C> {
  if (!isFailure(value)) {
    const { success, data } = (value ?? {}) as Partial<Success<unknown>>;
    return success === true ? { success, data } : malformed("The value has not the shape of a Result", value);
  }
  const { code, message, cause, details } = value.error;
  if (typeof message !== "string" || !(details === undefined || isRecord(details))) {
    return malformed("The message or the details of a Failure have not the right type", value);
  }
  if (codes && !includes(codes, code)) return malformed(`The code ${code} is none of ${codes.join(", ")}`, value);
  const error = { code: code as C, message, ...(cause !== undefined && { cause }), ...(details && { details }) };
  return { success: false, error };
}

function malformed(message: string, cause: unknown): Failure<"MALFORMED_RESULT"> {
  return { success: false, error: { code: "MALFORMED_RESULT", message, cause } };
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function includes(codes: readonly string[], code: string): boolean {
  return codes.includes(code);
}
