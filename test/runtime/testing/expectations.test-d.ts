import type { Result, ResultError } from "@phasewise/runtime";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expectTypeOf, it } from "vitest";

declare const result: Result<{ id: string }, "NOT_FOUND" | "CLOSED">;

describe("the expectations", () => {
  it("give data and error of the narrow type", () => {
    expectTypeOf(expectSuccess(result)).toEqualTypeOf<{ id: string }>();
    expectTypeOf(expectFailure(result, "CLOSED")).toEqualTypeOf<ResultError<"CLOSED">>();
  });

  it("refuse a code that the Result cannot have", () => {
    // @ts-expect-error not one of its codes
    void (() => expectFailure(result, "NOT_FUND"));
  });
});
