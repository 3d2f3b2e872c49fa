/** A defect on our side of the gate, or in what it drives: its message says what to do about it. Exit code 3. */
export class GateFailure extends Error {
  override readonly name = "GateFailure";
}
