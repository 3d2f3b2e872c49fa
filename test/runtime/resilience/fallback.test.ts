import { Result } from "@phasewise/runtime";
import { CircuitBreaker, combine, Fallback } from "@phasewise/runtime/resilience";
import { describe, expect, it } from "vitest";
import { fail, missing, never, succeed } from "./works.js";

describe("Fallback", () => {
  it("answers every Failure with its value", async () => {
    const none = new Fallback("none");
    expect(await none.execute(fail)).toEqual({ success: true, data: "none" });
    expect(await none.execute(missing)).toEqual({ success: true, data: "none" });
    expect(await none.execute(succeed)).toEqual({ success: true, data: "done" });
  });

  it("answers only the codes that it is given", async () => {
    const none = new Fallback("none", { on: ["NOT_FOUND"] });
    expect(await none.execute(missing)).toEqual({ success: true, data: "none" });
    expect(await none.execute(fail)).toEqual(await fail());
  });

  it("takes a value that says nothing for an answer", async () => {
    expect(await new Fallback(undefined).execute(fail)).toEqual({ success: true, data: undefined });
  });

  it("answers with the Result of its function, which knows the Failure and can be aborted", async () => {
    const other = new Fallback((error, { attempt, signal }) =>
      Result.error("LOST", `${error.code} at ${attempt}, ${signal.aborted}`),
    );
    expect(await other.execute(fail)).toEqual(Result.error("LOST", "BUSY at 1, false"));
    const later = new Fallback(async () => Result.success("from the replica"));
    expect(await later.execute(fail)).toEqual({ success: true, data: "from the replica" });
  });

  it("ends at once when it is aborted while its function runs", async () => {
    const controller = new AbortController();
    const other = new Fallback(() => {
      queueMicrotask(() => controller.abort("enough"));
      return never();
    });
    await expect(other.execute(fail, { signal: controller.signal })).rejects.toBe("enough");
  });

  it("lets pass what the work or its function throws", async () => {
    await expect(new Fallback("none").execute(() => Promise.reject("refused"))).rejects.toBe("refused");
    const throwing = new Fallback(() => {
      throw new Error("no replica");
    });
    await expect(throwing.execute(fail)).rejects.toThrow("no replica");
  });

  it("answers for the policies within it", async () => {
    const breaker = new CircuitBreaker({ failureThreshold: 1 });
    const policy = combine(new Fallback("none", { on: ["CIRCUIT_OPEN"] }), breaker);
    expect(await policy.execute(fail)).toEqual(await fail());
    expect(await policy.execute(succeed)).toEqual({ success: true, data: "none" });
  });

  it("refuses codes that are no list", () => {
    expect(() => new Fallback("none", { on: "BUSY" as never })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
    expect(() => new Fallback("none", { on: ["BUSY"] })).not.toThrow();
  });
});
