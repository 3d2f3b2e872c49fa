import { inspect } from "node:util";
import { Result, UnwrapError } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";

const found = Result.success({ id: "i-1" });
const missing = Result.error("NOT_FOUND", "no invoice i-2");

describe("Result", () => {
  it("is a plain object that survives JSON", () => {
    expect(JSON.parse(JSON.stringify(found))).toEqual({ success: true, data: { id: "i-1" } });
    expect(JSON.parse(JSON.stringify(missing))).toEqual({
      success: false,
      error: { code: "NOT_FOUND", message: "no invoice i-2" },
    });
  });

  it("keeps cause and details of an error", () => {
    const cause = new Error("refused");
    const { error } = Result.error("QUERY_FAILED", "cannot ask", { cause, details: { table: "invoices" } });
    expect(error).toEqual({ code: "QUERY_FAILED", message: "cannot ask", cause, details: { table: "invoices" } });
  });

  it("maps the data of a Success and leaves a Failure as it is", () => {
    expect(Result.map(found, ({ id }) => id)).toEqual(Result.success("i-1"));
    expect(Result.map(missing, () => "never")).toBe(missing);
  });

  it("answers by outcome", () => {
    const cases = { success: () => "found", error: (error: { code: string }) => error.code };
    expect(Result.match(found, cases)).toBe("found");
    expect(Result.match(missing, cases)).toBe("NOT_FOUND");
  });

  it("unwraps a Success, and throws a coded error for a Failure", () => {
    expect(Result.unwrap(found)).toEqual({ id: "i-1" });

    const cause = new Error("refused");
    const failure = Result.error("QUERY_FAILED", "cannot ask", { cause });
    const unwrap = () => Result.unwrap(failure);
    expect(unwrap).toThrow(UnwrapError);
    expect(unwrap).toThrow(
      expect.objectContaining({
        code: "UNWRAPPED_FAILURE",
        message: "Unwrapped a Failure: QUERY_FAILED: cannot ask",
        failure: failure.error,
        cause,
      }),
    );
  });
});

describe("an UnwrapError", () => {
  it("tells, when it is printed, what led to the Failure, and where it was unwrapped", () => {
    const failure = Result.error("QUERY_FAILED", "cannot ask", { details: { table: "$&" }, cause: "refused" });
    const { stack } = new UnwrapError(failure.error);
    const [heading, details, cause, place] = stack!.split("\n");
    expect(heading).toContain("Unwrapped a Failure: QUERY_FAILED: cannot ask");
    expect([details, cause]).toEqual(["  details: { table: '$&' }", "  cause: refused"]);
    expect(place).toMatch(/^ {4}at .*result\.test\.ts/);
    expect(inspect(new UnwrapError(failure.error))).toContain("\n  cause: refused\n");
  });
});

describe("Result.attempt", () => {
  it("gives what the function gives, awaited or not", async () => {
    expect(await Result.attempt("FAILED", () => 1)).toEqual(Result.success(1));
    expect(await Result.attempt("FAILED", async () => 1)).toEqual(Result.success(1));
  });

  it("turns a throw and a rejection into a Failure with the cause", async () => {
    const cause = new Error("no such file");
    const failure = Result.error("READ_FAILED", "no such file", { cause });
    const throwCause = () => {
      throw cause;
    };
    expect(await Result.attempt("READ_FAILED", throwCause)).toEqual(failure);
    expect(await Result.attempt("READ_FAILED", () => Promise.reject(cause))).toEqual(failure);
  });

  it("copes with thrown values that are no errors", async () => {
    const rejected = await Result.attempt("FAILED", () => Promise.reject("plain text"));
    expect(rejected).toEqual(Result.error("FAILED", "plain text", { cause: "plain text" }));
    const bare: unknown = Object.create(null);
    expect(await Result.attempt("FAILED", () => Promise.reject(bare))).toEqual(
      Result.error("FAILED", "[Object: null prototype] {}", { cause: bare }),
    );
  });
});

describe("Result.andThen", () => {
  it("continues after a Success, whether it is there yet or not", async () => {
    const next = async ({ id }: { id: string }) => Result.success(id.length);
    expect(await Result.andThen(found, next)).toEqual(Result.success(3));
    expect(await Result.andThen(Promise.resolve(found), next)).toEqual(Result.success(3));
  });

  it("gives the Failure of the first step without taking the second", async () => {
    let taken = false;
    const next = () => {
      taken = true;
      return found;
    };
    expect(await Result.andThen(missing, next)).toBe(missing);
    expect(taken).toBe(false);
  });

  it("gives the Failure of the second step", async () => {
    expect(await Result.andThen(found, () => missing)).toBe(missing);
  });
});

describe("Result.all", () => {
  it("collects every data in order", async () => {
    const all = await Result.all([Promise.resolve(Result.success(1)), Result.success("two")]);
    expect(all).toEqual(Result.success([1, "two"]));
    expect(await Result.all([])).toEqual(Result.success([]));
  });

  it("gives the Failure that comes first in the list, not in time", async () => {
    let failFirst!: (failure: typeof missing) => void;
    const late = new Promise<typeof missing>((resolve) => (failFirst = resolve));
    const all = Result.all([late, Promise.resolve(Result.error("EARLIER", "in time"))]);
    failFirst(missing);
    expect(await all).toBe(missing);
  });
});
