/**
 * The base of every error that the runtime throws, but for `TaskGroupError`, which is an `AggregateError`: its `code` is
 * from a closed set, its message ends with the remedy.
 *
 * Expected failures are Results; a thrown `PhasewiseError` means that the application or its code must be corrected.
 *
 * @example
 * ```ts
 * import { PhasewiseError } from "@phasewise/runtime";
 *
 * export const codeOf = (error: unknown) => (error instanceof PhasewiseError ? error.code : undefined);
 * ```
 */
export class PhasewiseError<C extends string = string> extends Error {
  readonly code: C;

  constructor(code: C, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}
