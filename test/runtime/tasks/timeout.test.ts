import { timeout } from "@phasewise/runtime";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { loadServices } from "./load-services.js";

const { RateService } = await loadServices();
const never = () => new Promise<never>(() => {});

describe("@timeout", () => {
  it("lets an answer in time pass, whatever it is", async () => {
    const service = new RateService();
    expect(await service.findInTime("EUR")).toEqual({ success: true, data: 1 });
    const failing = new RateService(async () => ({ success: false, error: { code: "BUSY", message: "later" } }));
    expectFailure(await failing.findInTime("EUR"), "BUSY");
  });

  it("answers TIMED_OUT when the time has passed, and leaves no timer", async () => {
    const clock = fakeClock();
    const answering = clock.run(() => new RateService(never).findInTime("EUR"));
    await clock.advance(500);
    expect(expectFailure(await answering, "TIMED_OUT").message).toBe(
      "findInTime was not done after 500 ms. Let it end sooner, or raise timeoutMs.",
    );
    expect(clock.pending).toBe(0);
  });

  it("hands on what the method throws, also a timeout of its own making", async () => {
    const error = Object.assign(new Error("mine"), { code: "TIMED_OUT" });
    await expect(new RateService(() => Promise.reject(error)).findInTime("EUR")).rejects.toBe(error);
  });

  it("rejects at once when the signal that the method was given aborts", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const answering = clock.run(() => new RateService(never).findInTime("EUR", controller.signal));
    controller.abort("enough");
    await expect(answering).rejects.toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("keeps the object, the name and the number of parameters", async () => {
    const service = new RateService();
    await service.findInTime("EUR");
    expect(service.calls).toEqual([service]);
    expect([service.findInTime.name, service.findInTime.length]).toEqual(["findInTime", 2]);
  });

  it("refuses a timeout that is no duration, when the class is defined", () => {
    expect(() => timeout(-1)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    expect(() => timeout(0)).not.toThrow();
  });
});
