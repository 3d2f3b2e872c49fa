import { Result } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { connectionRefused, notCharged } from "./failures.js";

const withoutStack = (problem: unknown) => Result.format(problem, { stack: "none" });

/** An error of a function that can be found in the stack. */
function makeError(message: string, options?: ErrorOptions): Error {
  return new Error(message, options);
}

describe("Result.format", () => {
  it("writes code and message of a Failure in one line when there is nothing else", () => {
    expect(Result.format(Result.error("NOT_FOUND", "no invoice i-2"))).toBe("NOT_FOUND: no invoice i-2");
    expect(Result.format(Result.error("NOT_FOUND", ""))).toBe("NOT_FOUND");
  });

  it("indents each cause below what it caused: Failures in Errors in Failures", () => {
    expect(withoutStack(notCharged)).toBe(
      [
        "NOT_CHARGED: invoice i-1 stays open",
        "  details: { invoiceId: 'i-1', cents: 4200 }",
        "  cause: Error: the bank did not answer",
        "    cause: QUERY_FAILED: cannot ask",
        "      cause: ConnectionError [ECONNREFUSED]: refused",
      ].join("\n"),
    );
  });

  it("takes a Failure, its error, a thrown error, and the plain form of each", () => {
    expect(withoutStack(notCharged.error)).toBe(withoutStack(notCharged));
    expect(withoutStack(Result.toJSON(notCharged))).toBe(withoutStack(notCharged));
    expect(withoutStack(connectionRefused)).toBe("ConnectionError [ECONNREFUSED]: refused");
  });

  it("writes where an Error was made, all of its stack, or nothing of it", () => {
    const failure = Result.error("FAILED", "did not work", { cause: makeError("refused") });
    const [heading, cause, place, ...others] = Result.format(failure).split("\n");
    expect([heading, cause]).toEqual(["FAILED: did not work", "  cause: Error: refused"]);
    expect(place).toMatch(/^ {4}at makeError \(.+:\d+:\d+\)$/);
    expect(others).toEqual([]);

    const full = Result.format(failure, { stack: "full" }).split("\n");
    expect(full[2]).toBe(place);
    expect(full.length).toBeGreaterThan(4);
    expect(withoutStack(failure)).toBe("FAILED: did not work\n  cause: Error: refused");
  });

  it("writes each of several errors", () => {
    const errors = [new TypeError("first"), Result.error("SECOND", "second"), "third"];
    expect(withoutStack(new AggregateError(errors, "all failed"))).toBe(
      [
        "AggregateError: all failed",
        "  errors[0]: TypeError: first",
        "  errors[1]: SECOND: second",
        "  errors[2]: third",
      ].join("\n"),
    );
  });

  it("keeps the lines of a message with several below its heading", () => {
    const failure = Result.error("FAILED", "2 problems:\n- one\n- two", { cause: new Error("a\nb") });
    expect(withoutStack(failure)).toBe("FAILED: 2 problems:\n  - one\n  - two\n  cause: Error: a\n    b");
  });

  it("writes causes and thrown values that are neither", () => {
    expect(Result.format(Result.error("FAILED", "x", { cause: "plain text" }))).toBe("FAILED: x\n  cause: plain text");
    expect(Result.format(Result.error("FAILED", "x", { cause: { status: 503 } }))).toBe(
      "FAILED: x\n  cause: { status: 503 }",
    );
    expect([null, undefined, 7, Symbol("s"), Object.create(null)].map((thrown) => Result.format(thrown))).toEqual([
      "null",
      "undefined",
      "7",
      "Symbol(s)",
      "[Object: null prototype] {}",
    ]);
  });

  it("writes a cause once, also when it leads back to itself", () => {
    const circle = new Error("round");
    circle.cause = Result.error("AGAIN", "and round", { cause: circle });
    expect(withoutStack(circle)).toBe("Error: round\n  cause: AGAIN: and round\n    cause: Error: round (see above)");
  });

  it("leaves out causes that lie too deep", () => {
    const chain = (length: number) => {
      let error = new Error("cause 0");
      for (let count = 1; count <= length; count++) error = new Error(`cause ${count}`, { cause: error });
      return withoutStack(error);
    };
    expect(chain(17)).toMatch(/\n +cause: Error: cause 0 \(its causes are left out\)$/);
    expect(chain(16)).toMatch(/\n +cause: Error: cause 0$/);
    expect(chain(10_000).split("\n")).toHaveLength(18);
  });

  it("goes on below an unwrapped Failure", async () => {
    const failed = await Result.attempt("SCRIPT_FAILED", () => Result.unwrap(notCharged));
    expect(withoutStack(failed)).toBe(
      [
        "SCRIPT_FAILED: Unwrapped a Failure: NOT_CHARGED: invoice i-1 stays open",
        "  cause: UnwrapError [UNWRAPPED_FAILURE]: Unwrapped a Failure: NOT_CHARGED: invoice i-1 stays open",
        "    cause: Error: the bank did not answer",
        "      cause: QUERY_FAILED: cannot ask",
        "        cause: ConnectionError [ECONNREFUSED]: refused",
      ].join("\n"),
    );
  });
});
