import { Result } from "@phasewise/runtime";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { loadServices } from "./load-services.js";

const { RateService } = await loadServices();

describe("@retry", () => {
  it("calls the method again after a Failure and after a rejection, on the same object", async () => {
    const clock = fakeClock();
    const service = new RateService(async (call) => {
      if (call === 1) return Result.error("BUSY", "later");
      if (call === 2) throw new Error("refused");
      return Result.success(call);
    });
    const answering = clock.run(() => service.findAgain("EUR"));
    await clock.advance(300);
    expect(await answering).toEqual({ success: true, data: 3 });
    expect(service.calls).toEqual([service, service, service]);
  });

  it("answers the last Failure", async () => {
    const clock = fakeClock();
    const service = new RateService(async (call) => Result.error("BUSY", `call ${call}`));
    const answering = clock.run(() => service.findAgain("EUR"));
    await clock.advance(300);
    expect(expectFailure(await answering, "BUSY").message).toBe("call 3");
  });

  it("goes by its policy", async () => {
    const service = new RateService(() => Promise.reject("fatal"));
    await expect(service.findAgain("EUR")).rejects.toBe("fatal");
    expect(service.calls).toHaveLength(1);
  });

  it("stops waiting when the signal aborts that the method was given", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const service = new RateService(async () => Result.error("BUSY", "later"));
    const answering = clock.run(() => service.findAgain("EUR", { signal: controller.signal }));
    await clock.advance(50);
    controller.abort("enough");
    await expect(answering).rejects.toBe("enough");
    expect(service.calls).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("keeps the name and the number of parameters", () => {
    const { findAgain } = new RateService();
    expect([findAgain.name, findAgain.length]).toEqual(["findAgain", 2]);
  });
});
