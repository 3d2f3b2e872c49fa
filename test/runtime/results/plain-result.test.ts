import { Result } from "@phasewise/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notCharged } from "./failures.js";

const plainError = (cause: unknown) => {
  const result = Result.toJSON(Result.error("FAILED", "", { cause }));
  return result.error.cause;
};

describe("Result.toJSON", () => {
  it("makes the causes plain: Failures in Errors in Failures", () => {
    expect(Result.toJSON(notCharged)).toStrictEqual({
      success: false,
      error: {
        code: "NOT_CHARGED",
        message: "invoice i-1 stays open",
        details: { invoiceId: "i-1", cents: 4200 },
        cause: {
          name: "Error",
          message: "the bank did not answer",
          cause: {
            success: false,
            error: {
              code: "QUERY_FAILED",
              message: "cannot ask",
              cause: { name: "ConnectionError", message: "refused", code: "ECONNREFUSED" },
            },
          },
        },
      },
    });
  });

  it("leaves data as it is", () => {
    const found = Result.success({ sentAt: new Date(0), reason: new Error("kept") });
    expect(Result.toJSON(found)).toBe(found);
  });

  it("makes the Errors in details and in an AggregateError plain", () => {
    const refused = new Error("refused");
    const { error } = Result.toJSON(Result.error("FAILED", "", { details: { tries: [refused], cents: 10n } }));
    expect(error.details).toStrictEqual({ tries: [{ name: "Error", message: "refused" }], cents: "10" });
    expect(plainError(new AggregateError([refused], "all"))).toStrictEqual({
      name: "AggregateError",
      message: "all",
      errors: [{ name: "Error", message: "refused" }],
    });
  });

  it("leaves stacks and the other fields of an Error out, and lets values write themselves", () => {
    const error = Object.assign(new Error("refused"), { config: { token: "t" }, toJSON: () => "never" });
    expect(plainError(error)).toStrictEqual({ name: "Error", message: "refused" });
    expect(plainError({ at: new Date(0) })).toStrictEqual({ at: "1970-01-01T00:00:00.000Z" });
  });

  it("can be written even when a cause leads back to itself or lies very deep", () => {
    const circle = new Error("round");
    circle.cause = { again: circle };
    expect(plainError(circle)).toStrictEqual({ name: "Error", message: "round", cause: { again: "[circular]" } });

    let deep = new Error("bottom");
    for (let count = 0; count < 10_000; count++) deep = new Error("above", { cause: deep });
    expect(JSON.stringify(plainError(deep))).toContain('"[too deep]"');
  });

  it("keeps a value that two causes share, because that is no circle", () => {
    const shared = { host: "db" };
    expect(plainError({ first: shared, second: shared })).toStrictEqual({ first: shared, second: shared });
  });
});

describe("a Result that went through JSON", () => {
  const text = fc.string();
  const json = fc.jsonValue().map(throughJson);
  const fields = fc.option(fc.dictionary(text, json), { nil: undefined }).map(throughJson);
  const { cause: anyCause } = fc.letrec((tie) => ({
    cause: fc.oneof({ maxDepth: 4, withCrossShrink: true }, json, tie("error"), tie("failure")),
    error: fc.tuple(text, tie("cause")).map(([message, cause]) => new Error(message, { cause })),
    failure: fc.tuple(text, text, tie("cause")).map(([code, message, cause]) => Result.error(code, message, { cause })),
  }));

  it("comes back as it was, but for causes, which come back plain", () => {
    const failures = fc.tuple(text, text, anyCause, fields).map(([code, message, cause, details]) => {
      return Result.error(code, message, { ...(cause !== undefined && { cause }), ...(details && { details }) });
    });
    const results = fc.oneof(json.map(Result.success), failures);
    fc.assert(
      fc.property(results, (result) => {
        const back = Result.parse(JSON.stringify(Result.toJSON(result)));
        expect(back).toEqual(throughJson(Result.toJSON(result)));
        expect(Result.format(back, { stack: "none" })).toBe(Result.format(result, { stack: "none" }));
      }),
    );
  });
});

/** What JSON makes of a value: no -0, no undefined. */
function throughJson<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
