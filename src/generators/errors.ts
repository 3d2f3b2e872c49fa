/** Why a generator or its command line stopped; every code leads to an exit code of {@link exitCodeOf}. */
export type GeneratorErrorCode =
  | "WRONG_USAGE"
  | "INVALID_ANSWER"
  | "NO_WORKSPACE"
  | "MODULE_NOT_FOUND"
  | "SERVICE_NOT_FOUND"
  | "EVENT_NOT_FOUND"
  | "PACKAGE_NOT_FOUND"
  | "CONFLICT"
  | "OUTSIDE_WORKSPACE"
  | "UNSAFE_PATH"
  | "ANCHOR_MISSING"
  | "BROKEN_TEMPLATE"
  | "GENERATOR_FAILED"
  | "UNWRITABLE"
  | "BUSY"
  | "INTERRUPTED"
  | "TYPE_ERRORS";

/** An expected stop: its message names what was found, what was expected, and what to do about it. */
export class GeneratorError extends Error {
  override readonly name = "GeneratorError";
  readonly code: GeneratorErrorCode;

  constructor(code: GeneratorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** 2 for wrong usage, 1 for any other expected stop, 3 for a defect of Phasewise itself. */
export function exitCodeOf(error: unknown): 1 | 2 | 3 {
  if (!(error instanceof GeneratorError)) return 3;
  return error.code === "WRONG_USAGE" ? 2 : 1;
}
