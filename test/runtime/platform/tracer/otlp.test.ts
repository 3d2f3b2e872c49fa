import { defineModule, Result } from "@phasewise/runtime";
import { expectFailure, expectSuccess, fakeClock, stubTracer, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { TracerService } from "../../../../templates/platform/tracer/otlp/tracer-service.js";
import { tracerSettings } from "../../../../templates/platform/tracer/otlp/tracer-settings.js";
import { activeService } from "../active-service.js";
import { FaultProxy } from "../fault-proxy.js";
import { startCollector } from "./collector.js";

async function connect(settings: object = {}) {
  const collector = await startCollector();
  onTestFinished(() => collector[Symbol.asyncDispose]());
  const proxy = await FaultProxy.open(collector.url);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const url = proxy.through(collector.url);
  const tracer = await activeService(new TracerService(), tracerSettings.parse({ url, ...settings }));
  onTestFinished(() => tracer[Symbol.asyncDispose]());
  return { collector, proxy, tracer };
}

const done = async () => Result.success(7);

describe("spans sent by OTLP", () => {
  it("say which service they come from, and go with the headers of the settings", async () => {
    const { collector, tracer } = await connect({ serviceName: "shop", headers: { "x-key": "k-1" } });
    await tracer.withSpan("work", done);
    expectSuccess(await tracer.flush());
    expect([...collector.services]).toEqual(["shop"]);
    expect(collector.received[0]).toMatchObject({ url: "/v1/traces", headers: { "x-key": "k-1" } });
  });

  it("are those of the runtime as well, below the span of the work that waits for it", async () => {
    const { collector, tracer } = await connect();
    const module = defineModule({ id: "billing", version: "1.0.0" });
    await tracer.withSpan("boot", async () => {
      await using _ = await testApplication({ modules: [module] });
      return Result.success(undefined);
    });
    expectSuccess(await tracer.flush());
    const names = collector.readAll().map(({ name, parent }) => [name, parent]);
    expect(names).toContainEqual(["phasewise.boot", "boot"]);
  });

  it("do not hold work while the collector is gone, refuses, or does not answer", async () => {
    const { collector, proxy, tracer } = await connect({ timeoutMs: 500 });
    for (const [begin, end] of [
      [() => proxy.cut(), () => proxy.restore()],
      [() => proxy.drop(), () => proxy.restore()],
      [() => void (collector.status = 400), () => void (collector.status = 200)],
    ] as const) {
      begin();
      const work = Array.from({ length: 100 }, () => tracer.withSpan("lost", done));
      expect((await Promise.all(work)).map(expectSuccess)).toEqual(Array.from({ length: 100 }, () => 7));
      const flushed = await tracer.flush();
      expect(["UNAVAILABLE", "TIMED_OUT"]).toContain(flushed.success || flushed.error.code);
      end();
      await expect
        .poll(async () => (await tracer.withSpan("found", done), (await tracer.flush()).success), { timeout: 30_000 })
        .toBe(true);
      expectSuccess(await tracer.health());
    }
    expect(collector.readSpans().map(({ name }) => name)).toContain("found");
  });

  it("are bounded in number while nobody takes them", async () => {
    const { collector, proxy, tracer } = await connect({ maxWaitingSpans: 512, everyMs: 60_000 });
    proxy.cut();
    for (let count = 0; count < 3_000; count++) await tracer.withSpan("work", done);
    proxy.restore();
    await tracer.flush();
    expect(collector.readSpans().length).toBeLessThan(1_100);
  });

  it("end in bounded time when the module stops without a collector, and go out when there is one", async () => {
    const { collector, proxy, tracer } = await connect();
    await tracer.withSpan("last", done);
    await tracer[Symbol.asyncDispose]();
    expect(collector.readSpans().map(({ name }) => name)).toEqual(["last"]);
    expect(expectSuccess(await tracer.withSpan("after", done))).toBe(7);
    expectFailure(await tracer.flush(), "NOT_INITIALIZED");

    const { proxy: away, tracer: other } = await connect({ timeoutMs: 500 });
    await other.withSpan("lost", done);
    away.drop();
    await other[Symbol.asyncDispose]();
    expect(proxy.connections).toBe(1);
  });

  it("fail the boot beside another SDK, which stays as it is", async () => {
    const { collector, tracer } = await connect();
    await expect(connect()).rejects.toThrow(/ALREADY_TRACING/);
    await tracer.withSpan("outer", () => tracer.withSpan("work", done));
    expectSuccess(await tracer.flush());
    expect(collector.readSpans().map(({ name, parent }) => [name, parent])).toContainEqual(["work", "outer"]);
  });

  it("are none when none is sampled", async () => {
    const { collector, tracer } = await connect({ sampleRatio: 0 });
    expect(expectSuccess(await tracer.withSpan("work", done))).toBe(7);
    expectSuccess(await tracer.flush());
    expect(collector.readSpans()).toEqual([]);
  });
});

describe("the stub of a tracer", () => {
  it("measures by the clock of the application", async () => {
    const clock = fakeClock();
    const tracer = stubTracer();
    await clock.run(() => tracer.withSpan("work", async () => (await clock.advance(40), Result.success(1))));
    expect(tracer.spans).toEqual([
      { name: "work", attributes: {}, parent: undefined, failure: undefined, durationMs: 40 },
    ]);
  });
});
