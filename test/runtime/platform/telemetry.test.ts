import { type Attributes, metrics, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { Result } from "@phasewise/runtime";
import { PlatformCalls } from "@phasewise/runtime/platform";
import { fakeClock } from "@phasewise/runtime/testing";
import { afterEach, expect, it, vi } from "vitest";
import { runWithClock } from "../../../src/runtime/tasks/clock.js";

const calls = () => new PlatformCalls({ service: "store", timeoutMs: 1_000, codeOf: () => "UNAVAILABLE" });

afterEach(() => {
  trace.disable();
  metrics.disable();
});

it("makes a span of each call, which is the parent of those in its work", async () => {
  const exporter = new InMemorySpanExporter();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  await calls().run("read", {}, async () => {
    trace.getTracer("test").startSpan("within").end();
    return Result.success(1);
  });
  const [within, span] = exporter.getFinishedSpans();
  expect(span).toMatchObject({ name: "phasewise.store.read", attributes: { "phasewise.service": "store" } });
  expect(within?.parentSpanContext?.spanId).toBe(span?.spanContext().spanId);
});

it("measures each call in seconds, with the code of its failure", async () => {
  const recorded: (readonly [number, Attributes | undefined])[] = [];
  const createHistogram = vi.fn(() => ({
    record: (value: number, attributes?: Attributes) => void recorded.push([value, attributes]),
  }));
  metrics.setGlobalMeterProvider({ getMeter: () => ({ createHistogram }) } as never);
  const clock = fakeClock();
  const store = calls();
  await runWithClock(clock, async () => {
    await store.run("read", {}, async () => {
      await clock.advance(250);
      return Result.success(1);
    });
    await store.run("write", {}, async () => Result.error("FULL", "there is no room"));
  });
  await vi.waitFor(() => expect(recorded).toHaveLength(2));
  const attributes = { "phasewise.service": "store" };
  expect(recorded).toEqual([
    [0.25, { ...attributes, "phasewise.operation": "read" }],
    [0, { ...attributes, "phasewise.operation": "write", "error.type": "FULL" }],
  ]);
  expect(createHistogram).toHaveBeenCalledExactlyOnceWith(
    "phasewise.platform.call.duration",
    expect.objectContaining({ unit: "s" }),
  );
});
