import { type Result, settleAll } from "@phasewise/runtime";
import { describe, expectTypeOf, it } from "vitest";

declare const number: Promise<number>;
declare const invoice: () => Promise<Result<{ id: string }, "NOT_FOUND">>;

describe("settleAll", () => {
  it("gives Results of the data", () => {
    expectTypeOf(settleAll([number])).resolves.toEqualTypeOf<Result<number, "REJECTED">[]>();
    expectTypeOf(settleAll([async () => true as boolean])).resolves.toEqualTypeOf<Result<boolean, "REJECTED">[]>();
  });

  it("adds its code to those of the Results that the work gives", () => {
    expectTypeOf(settleAll([invoice])).resolves.toEqualTypeOf<Result<{ id: string }, "NOT_FOUND" | "REJECTED">[]>();
  });
});
