import { diag, DiagConsoleLogger, DiagLogLevel, SpanStatusCode, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTracer } from "../../../src/runtime/tasks/tracer.js";
import { isTracing, traced, type Tracer } from "../../../src/runtime/tasks/tracing.js";

describe("without an SDK", () => {
  it("nobody traces", () => {
    expect(isTracing()).toBe(false);
  });

  it("nobody does either when only another part of the API is in use", () => {
    diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.ERROR);
    expect(isTracing()).toBe(false);
    diag.disable();
  });

  it("the work runs all the same", async () => {
    expect(await traced("user.query", {}, async () => "done")).toBe("done");
  });
});

describe("with an SDK", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let tracer: Tracer;

  beforeEach(async () => {
    provider.register();
    tracer = (await createTracer())!;
  });

  afterEach(() => {
    exporter.reset();
    trace.disable();
  });

  it("work is a span with its attributes", async () => {
    expect(isTracing()).toBe(true);
    expect(await traced("user.query", { rows: 3, table: "users" }, async () => "done")).toBe("done");
    const [span, ...others] = exporter.getFinishedSpans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: "user.query",
      attributes: { rows: 3, table: "users" },
      status: { code: SpanStatusCode.UNSET },
      instrumentationScope: { name: "@phasewise/runtime" },
    });
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("no route"))],
    [
      "throws",
      () => {
        throw new Error("no route");
      },
    ],
  ])("the span of work that %s records the error and ends once", async (_, work) => {
    await expect(tracer.trace("user.query", {}, work)).rejects.toThrow("no route");
    expect(exporter.getFinishedSpans()).toMatchObject([
      {
        name: "user.query",
        status: { code: SpanStatusCode.ERROR, message: "no route" },
        events: [{ name: "exception", attributes: { "exception.message": "no route", "exception.type": "Error" } }],
      },
    ]);
  });

  it("a rejection that is no error passes unchanged, and the span has its text", async () => {
    const thrown: unknown = await tracer.trace("user.query", {}, () => Promise.reject("no route")).catch((it) => it);
    expect(thrown).toBe("no route");
    expect(exporter.getFinishedSpans()).toMatchObject([
      { status: { code: SpanStatusCode.ERROR, message: "no route" } },
    ]);
  });
});
