import { type ActivationContext, Result } from "@phasewise/runtime";
import { expectFailure, expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { loadServices } from "../tasks/load-services.js";

const { RateService } = await loadServices();
const context = {} as ActivationContext;

describe("@initialized", () => {
  it("answers NOT_INITIALIZED before initialize, and does not run the method", async () => {
    const service = new RateService();
    expect(expectFailure(await service.findInitialized("EUR"), "NOT_INITIALIZED").message).toBe(
      "RateService has not been initialized: await its initialize(context) in the setupModule of its module.",
    );
    expect(service.calls).toEqual([]);
  });

  it("runs the method after initialize, on the same object", async () => {
    const service = new RateService();
    await service.initialize(context, { rate: 1 });
    expect(await service.findInitialized("EUR")).toEqual({ success: true, data: 1 });
    expect(service.calls).toEqual([service]);
    expect(expectSuccess(await service.echo("text"))).toBe("text");
  });

  it("answers NOT_INITIALIZED after disposal", async () => {
    const service = new RateService();
    await service.initialize(context, { rate: 1 });
    await service[Symbol.asyncDispose]();
    expectFailure(await service.findInitialized("EUR"), "NOT_INITIALIZED");
  });

  it("keeps the name and the number of parameters", () => {
    const { findInitialized } = new RateService();
    expect([findInitialized.name, findInitialized.length]).toEqual(["findInitialized", 1]);
  });

  it("stands above others", async () => {
    const clock = fakeClock();
    const service = new RateService((call) =>
      call === 1 ? new Promise(() => {}) : Promise.resolve(Result.success(call)),
    );
    expectFailure(await service.findWithAll("EUR"), "NOT_INITIALIZED");
    await service.initialize(context, { rate: 1 });
    const answering = clock.run(() => service.findWithAll("EUR"));
    await clock.advance(600);
    expect(await answering).toEqual({ success: true, data: 2 });
    expect(service.findWithAll.name).toBe("findWithAll");
  });
});
