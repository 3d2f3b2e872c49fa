import { SpanStatusCode, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { ResourcePool } from "@phasewise/runtime/resources";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Workshop } from "./workshop.js";

describe("with an OpenTelemetry SDK", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let shop: Workshop;

  beforeEach(() => {
    provider.register();
    shop = new Workshop();
  });

  afterEach(() => {
    exporter.reset();
    trace.disable();
  });

  it("an acquire that waits is a span; one that need not wait is none", async () => {
    const pool = new ResourcePool({ max: 1, ...shop.options, name: "tools" });
    (await pool.acquire()).release();
    expect(exporter.getFinishedSpans()).toMatchObject([
      { name: "phasewise.resources.acquire", attributes: { "phasewise.pool": "tools" } },
    ]);
    (await pool.acquire()).release();
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });

  it("the span of one that was rejected has the error", async () => {
    const pool = new ResourcePool({ max: 1, ...shop.options });
    await pool.acquire();
    const waiting = pool.acquire();
    void pool.close();
    await expect(waiting).rejects.toMatchObject({ code: "POOL_CLOSED" });
    const [, span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({ name: "phasewise.resources.acquire", status: { code: SpanStatusCode.ERROR } });
  });
});
