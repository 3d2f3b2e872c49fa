import { AssertionError } from "node:assert";
import { Result } from "@phasewise/runtime";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";

const success: Result<number, "NOT_FOUND" | "CLOSED"> = Result.success(1);
const failure = Result.error("NOT_FOUND", "no invoice i-2") as Result<number, "NOT_FOUND" | "CLOSED">;

describe("expectSuccess", () => {
  it("gives the data of a Success", () => {
    expect(expectSuccess(success)).toBe(1);
  });

  it("throws an assertion error that tells the failure", () => {
    expect(() => expectSuccess(failure)).toThrow(AssertionError);
    expect(() => expectSuccess(failure)).toThrow("Expected a Success, but got a Failure NOT_FOUND: no invoice i-2");
  });
});

describe("expectFailure", () => {
  it("gives the error of a Failure with the code", () => {
    expect(expectFailure(failure, "NOT_FOUND").message).toBe("no invoice i-2");
  });

  it("throws an assertion error for a Success, and for another code", () => {
    expect(() => expectFailure(success, "NOT_FOUND")).toThrow("Expected a Failure NOT_FOUND, but got a Success");
    expect(() => expectFailure(failure, "CLOSED")).toThrow(
      "Expected a Failure CLOSED, but got a Failure NOT_FOUND: no invoice i-2",
    );
    expect(() => expectFailure(failure, "CLOSED")).toThrow(AssertionError);
  });
});
