import { Result } from "@phasewise/runtime";

class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly code = "ECONNREFUSED";
}

export const connectionRefused = new ConnectionError("refused");

/** A Failure caused by an Error, which a Failure caused, which an Error caused. */
export const notCharged = Result.error("NOT_CHARGED", "invoice i-1 stays open", {
  details: { invoiceId: "i-1", cents: 4200 },
  cause: new Error("the bank did not answer", {
    cause: Result.error("QUERY_FAILED", "cannot ask", { cause: connectionRefused }),
  }),
});
