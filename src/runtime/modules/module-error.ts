import { PhasewiseError } from "../results/coded-error.js";

/** What can be wrong with modules and with their use; `docs/modules.md` has the meaning of each. */
export type ModuleErrorCode =
  | "INVALID_OPTION"
  | "INVALID_MODULE"
  | "MODULES_DIRECTORY_UNREADABLE"
  | "MODULE_IMPORT_FAILED"
  | "NOT_A_MODULE"
  | "DUPLICATE_MODULE"
  | "MISSING_DEPENDENCY"
  | "VERSION_MISMATCH"
  | "CIRCULAR_DEPENDENCY"
  | "DUPLICATE_SERVICE"
  | "UNKNOWN_LIMIT"
  | "UNKNOWN_MODULE"
  | "UNKNOWN_SETTINGS"
  | "UNKNOWN_SERVICE"
  | "LAZY_SERVICE"
  | "LAZY_SERVICE_FAILED"
  | "UNDECLARED_DEPENDENCY"
  | "WRONG_PHASE"
  | "MODULE_UNAVAILABLE"
  | "DEADLOCK"
  | "HOOK_FAILED"
  | "HOOK_TIMED_OUT"
  | "BOOT_STOPPED"
  | "STOP_FAILED";

/** What a broken module graph, a failing hook or a misused context throws. The message names the modules and the remedy. */
export class ModuleError extends PhasewiseError<ModuleErrorCode> {
  /** When several things went wrong together: each of them, this one first. */
  readonly errors: readonly ModuleError[];

  constructor(
    code: ModuleErrorCode,
    message: string,
    options: ErrorOptions & { errors?: readonly ModuleError[] } = {},
  ) {
    super(code, message, options);
    this.errors = options.errors ?? [];
  }
}

/** One error for all of them: it has the code of the first, and its message tells every one. */
export function joinErrors(errors: readonly [ModuleError, ...ModuleError[]]): ModuleError {
  const all = [...new Set(separate(errors))];
  const [first] = errors;
  if (all.length === 1) return first;
  return new ModuleError(first.code, `${all.length} errors:\n${listMessages(all)}`, {
    cause: first.cause,
    errors: all,
  });
}

/** Waits for work that rejects with a `ModuleError`, and gives it as a list of none or one. */
export async function collectError(work: Promise<void>): Promise<ModuleError[]> {
  try {
    await work;
    return [];
  } catch (error) {
    return [error as ModuleError];
  }
}

export function isNotEmpty(errors: readonly ModuleError[]): errors is readonly [ModuleError, ...ModuleError[]] {
  return errors.length > 0;
}

/** The errors that were joined, each by itself. */
export function separate(errors: readonly ModuleError[]): ModuleError[] {
  return errors.flatMap((error) => (error.errors.length > 0 ? error.errors : [error]));
}

export function listMessages(errors: readonly ModuleError[]): string {
  return errors.map(({ message }) => `- ${message}`).join("\n");
}
