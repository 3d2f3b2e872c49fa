/** The outcome of something that went well. */
export interface Success<T> {
  readonly success: true;
  readonly data: T;
}

/** The outcome of something that failed in an expected way. */
export interface Failure<C extends string = string> {
  readonly success: false;
  readonly error: ResultError<C>;
}

/** Why something failed. `code` is for programs and comes from a closed set; `message` is for people. */
export interface ResultError<C extends string = string> {
  readonly code: C;
  readonly message: string;
  /** What caused it: the error that was thrown, or the failure of another call. */
  readonly cause?: unknown;
  /** Values that belong to this failure, for programs and logs. */
  readonly details?: Readonly<Record<string, unknown>>;
}
