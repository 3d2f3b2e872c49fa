import { type CodeOf, type DataOf, type Failure, Result, type Success } from "@phasewise/runtime";
import { describe, expectTypeOf, it } from "vitest";

declare const port: Result<number, "INVALID_PORT" | "PORT_IN_USE">;

describe("Result", () => {
  it("narrows on success", () => {
    if (port.success) expectTypeOf(port).toEqualTypeOf<Success<number>>();
    else expectTypeOf(port.error.code).toEqualTypeOf<"INVALID_PORT" | "PORT_IN_USE">();
  });

  it("has no data before the check", () => {
    // @ts-expect-error a Failure has no data
    void port.data;
  });

  it("keeps the literal code of an error", () => {
    expectTypeOf(Result.error("NOT_FOUND", "nothing")).toEqualTypeOf<Failure<"NOT_FOUND">>();
  });

  it("is assignable to a Result with more codes, not with fewer", () => {
    expectTypeOf(port).toExtend<Result<number>>();
    expectTypeOf(port).not.toExtend<Result<number, "INVALID_PORT">>();
  });

  it("narrows its code in a switch, which the compiler holds to be exhaustive", () => {
    const statusOf = (result: typeof port): number => {
      if (result.success) return 200;
      const { code } = result.error;
      switch (code) {
        case "INVALID_PORT":
          return 400;
        case "PORT_IN_USE":
          return 409;
        default:
          return code satisfies never;
      }
    };
    expectTypeOf(statusOf).returns.toEqualTypeOf<number>();
  });

  it("does not compare with a code that it cannot have, nor leave one out", () => {
    if (port.success) return;
    // @ts-expect-error no such code
    void (port.error.code === "NOT_FOUND");
    switch (port.error.code) {
      case "INVALID_PORT":
        break;
      default:
        // @ts-expect-error PORT_IN_USE is left
        void (port.error.code satisfies never);
    }
  });

  it("gives its parts by name", () => {
    expectTypeOf<DataOf<typeof port>>().toEqualTypeOf<number>();
    expectTypeOf<CodeOf<typeof port>>().toEqualTypeOf<"INVALID_PORT" | "PORT_IN_USE">();
  });
});

describe("the functions of Result", () => {
  it("map changes the data and keeps the codes", () => {
    expectTypeOf(Result.map(port, String)).toEqualTypeOf<Result<string, "INVALID_PORT" | "PORT_IN_USE">>();
  });

  it("andThen adds the codes of the second step", () => {
    const next = async (value: number): Promise<Result<boolean, "CLOSED">> => Result.success(value > 0);
    expectTypeOf(Result.andThen(port, next)).resolves.toEqualTypeOf<
      Result<boolean, "INVALID_PORT" | "PORT_IN_USE" | "CLOSED">
    >();
  });

  it("attempt has the code it was given", () => {
    expectTypeOf(Result.attempt("READ_FAILED", async () => "text")).resolves.toEqualTypeOf<
      Result<string, "READ_FAILED">
    >();
  });

  it("attempt narrows to what the function gives, awaited or not", async () => {
    const read = await Result.attempt("READ_FAILED", () => 1);
    if (read.success) expectTypeOf(read.data).toEqualTypeOf<number>();
    else expectTypeOf(read.error.code).toEqualTypeOf<"READ_FAILED">();
  });

  it("toJSON keeps the type", () => {
    expectTypeOf(Result.toJSON(port)).toEqualTypeOf<typeof port>();
  });

  it("parse knows the codes that it was told, and no data", () => {
    expectTypeOf(Result.parse("", ["A", "B"])).toEqualTypeOf<Result<unknown, "A" | "B" | "MALFORMED_RESULT">>();
    expectTypeOf(Result.parse("")).toEqualTypeOf<Result<unknown>>();
  });

  it("format takes whatever was caught", () => {
    expectTypeOf(Result.format).parameter(0).toBeUnknown();
    expectTypeOf(Result.format).returns.toBeString();
    // @ts-expect-error no such choice
    Result.format(port, { stack: "some" });
  });

  it("all keeps the position of each data and unites the codes", () => {
    const name = Promise.resolve(Result.success("name") as Result<string, "NO_NAME">);
    expectTypeOf(Result.all([port, name])).resolves.toEqualTypeOf<
      Result<[number, string], "INVALID_PORT" | "PORT_IN_USE" | "NO_NAME">
    >();
  });

  it("all of a list keeps its element type", () => {
    const ports = [port] as (typeof port)[];
    expectTypeOf(Result.all(ports)).resolves.toEqualTypeOf<Result<number[], "INVALID_PORT" | "PORT_IN_USE">>();
  });

  it("match unites what the cases give, and unwrap gives the data", () => {
    expectTypeOf(Result.match(port, { success: String, error: ({ code }) => code })).toEqualTypeOf<string>();
    expectTypeOf(Result.unwrap(port)).toEqualTypeOf<number>();
  });
});
