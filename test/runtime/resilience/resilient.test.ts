import { CircuitBreaker, resilient } from "@phasewise/runtime/resilience";
import { expectFailure, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { loadRates } from "./load-rates.js";
import { fail, never, succeed } from "./works.js";

describe("@resilient", () => {
  it("runs the method under the policy, with its object, arguments, name and number of parameters", async () => {
    const { RateService } = await loadRates();
    const service = new RateService(async () => (service.calls.length < 3 ? fail() : succeed()));
    expect(await service.findRate("EUR")).toEqual(await succeed());
    expect(service.calls).toEqual(Array(3).fill([service, "EUR"]));
    expect([service.findRate.name, service.findRate.length]).toEqual(["findRate", 2]);
  });

  it("has one policy for all objects of the class", async () => {
    const { RateService } = await loadRates();
    expectFailure(await new RateService(fail).findRate("EUR"), "CIRCUIT_OPEN");
    const other = new RateService(succeed);
    expectFailure(await other.findRate("EUR"), "CIRCUIT_OPEN");
    expect(other.calls).toEqual([]);
  });

  it("ends the call when the signal aborts that the method was called with", async () => {
    const { RateService } = await loadRates();
    const controller = new AbortController();
    const calling = new RateService(never).findRate("EUR", controller.signal);
    controller.abort("enough");
    await expect(calling).rejects.toBe("enough");
  });

  it("gives the method the signal of the attempt in place of that which it was called with", async () => {
    const { RateService } = await loadRates();
    const clock = fakeClock();
    const signals: (AbortSignal | undefined)[] = [];
    const service = new RateService((signal) => (signals.push(signal), never()));
    const { signal } = new AbortController();
    const calls = clock.run(() => [service.findInTime({ signal }), service.findInTime({})]);
    await clock.advance(50);
    for (const answer of await Promise.all(calls)) expectFailure(answer, "TIMED_OUT");
    expect(signals.map((seen) => seen?.aborted)).toEqual([true, undefined]);
  });

  it("answers with a fallback", async () => {
    const { RateService } = await loadRates();
    expect(await new RateService(fail).findAny()).toEqual({ success: true, data: "none" });
  });

  it("refuses what is no policy when the class is defined", () => {
    expect(() => resilient({} as CircuitBreaker)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    expect(() => resilient(new CircuitBreaker())).not.toThrow();
  });
});
