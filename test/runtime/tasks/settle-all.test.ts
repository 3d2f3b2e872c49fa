import { Result, settleAll, sleep } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";

describe("settleAll", () => {
  it("gives a Result for each, in order, whichever settles first", async () => {
    const clock = fakeClock();
    const after = (ms: number) => () => sleep(ms, { clock }).then(() => ms);
    const settling = settleAll([after(30), after(10), after(20)]);
    await clock.advance(30);
    expect(await settling).toEqual([30, 10, 20].map((data) => ({ success: true, data })));
  });

  it("turns a rejection into a Failure with the cause, and waits for the others", async () => {
    const cause = new Error("refused");
    expect(await settleAll([Promise.reject(cause), Promise.resolve(1)])).toEqual([
      { success: false, error: { code: "REJECTED", message: "refused", cause } },
      { success: true, data: 1 },
    ]);
  });

  it("turns a function that throws into a Failure as well", async () => {
    const throwing = () => {
      throw "at once";
    };
    expect(await settleAll<unknown>([throwing, async () => 1])).toEqual([
      { success: false, error: { code: "REJECTED", message: "at once", cause: "at once" } },
      { success: true, data: 1 },
    ]);
  });

  it("handles each of several rejections, also one that comes before the first is settled", async () => {
    const clock = fakeClock();
    const late = sleep(10, { clock }).then(() => Promise.reject(new Error("late")));
    const settling = settleAll([late, Promise.reject(new Error("early"))]);
    await clock.advance(10);
    expect((await settling).map((result) => !result.success && result.error.message)).toEqual(["late", "early"]);
  });

  it("keeps the Result that work gives", async () => {
    const failure = Result.error("NOT_FOUND", "there is no invoice i-2");
    const works = [async () => Result.success(1), async () => failure];
    expect(await settleAll<Result<number>>(works)).toEqual([{ success: true, data: 1 }, failure]);
  });

  it("gives data that merely looks like a Result as data", async () => {
    const works = [{ success: true }, { success: false, error: "text" }];
    expect(await settleAll(works.map(async (work) => work))).toEqual(works.map((data) => ({ success: true, data })));
  });

  it("gives nothing for nothing, and takes any iterable", async () => {
    expect(await settleAll([])).toEqual([]);
    expect(await settleAll(new Set([async () => 1]))).toEqual([{ success: true, data: 1 }]);
  });
});
