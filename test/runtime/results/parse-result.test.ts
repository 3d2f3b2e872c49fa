import { Result } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";

const malformed = (message: string) =>
  expect.objectContaining({ success: false, error: expect.objectContaining({ code: "MALFORMED_RESULT", message }) });

describe("Result.parse", () => {
  it("reads a Success from its text and from its value", () => {
    expect(Result.parse('{"success":true,"data":{"id":"i-1"}}')).toStrictEqual(Result.success({ id: "i-1" }));
    expect(Result.parse({ success: true, data: "text" })).toStrictEqual(Result.success("text"));
    expect(Result.parse(JSON.stringify(Result.success(undefined)))).toStrictEqual(Result.success(undefined));
  });

  it("reads a Failure, and takes nothing else along", () => {
    const error = { code: "NOT_FOUND", message: "no invoice", details: { id: "i-2" }, cause: null };
    expect(Result.parse({ success: false, error: { ...error, extra: 1 }, extra: 2 })).toStrictEqual(
      Result.error("NOT_FOUND", "no invoice", { details: { id: "i-2" }, cause: null }),
    );
    const short = Result.error("NOT_FOUND", "no invoice");
    expect(Result.parse(JSON.stringify(short))).toStrictEqual(short);
  });

  it.each([
    [null],
    [undefined],
    [7],
    [[]],
    [{}],
    [{ success: 1, data: 1 }],
    [{ success: false }],
    [{ success: false, error: null }],
    [{ success: false, error: "NOT_FOUND" }],
    [{ success: false, error: { code: 404, message: "no" } }],
  ])("answers MALFORMED_RESULT for the stranger %j, with it as the cause", (stranger) => {
    const parsed = Result.parse(stranger);
    expect(parsed).toEqual(malformed("The value has not the shape of a Result"));
    expect(!parsed.success && parsed.error.cause).toBe(stranger);
  });

  it.each([
    [{ code: "A" }],
    [{ code: "A", message: 1 }],
    [{ code: "A", message: "", details: [] }],
    [{ code: "A", message: "", details: null }],
    [{ code: "A", message: "", details: "text" }],
  ])("answers MALFORMED_RESULT for the error %j", (error) => {
    expect(Result.parse({ success: false, error })).toEqual(
      malformed("The message or the details of a Failure have not the right type"),
    );
  });

  it("answers MALFORMED_RESULT for a text that is no JSON, with the reason", () => {
    const parsed = Result.parse("<html>");
    expect(parsed).toEqual(malformed("The text is no JSON"));
    expect(!parsed.success && parsed.error.cause).toBeInstanceOf(SyntaxError);
  });

  it("keeps the set of codes closed when it is told which ones to expect", () => {
    const text = JSON.stringify(Result.error("NOT_FOUND", "no invoice"));
    expect(Result.parse(text, ["NOT_FOUND", "CLOSED"])).toEqual(Result.error("NOT_FOUND", "no invoice"));
    expect(Result.parse(text, ["CLOSED"])).toEqual(malformed("The code NOT_FOUND is none of CLOSED"));
    expect(Result.parse('{"success":true,"data":1}', ["CLOSED"])).toEqual(Result.success(1));
  });
});
