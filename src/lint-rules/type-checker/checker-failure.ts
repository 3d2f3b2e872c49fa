/** The checker cannot answer, so that nothing is known of a file; its message says what to do about it. */
export class CheckerFailure extends Error {
  override readonly name = "CheckerFailure";
}
