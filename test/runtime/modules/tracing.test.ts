import { diag, DiagConsoleLogger, DiagLogLevel, SpanStatusCode, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTracer, type Tracer } from "../../../src/runtime/modules/tracing.js";

const alpha = { id: "alpha", version: "1.2.3" };

describe("without an SDK", () => {
  it("there is no tracer", async () => {
    expect(await createTracer()).toBe(undefined);
  });

  it("there is none either when only another part of the API is in use", async () => {
    diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.ERROR);
    expect(await createTracer()).toBe(undefined);
    diag.disable();
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

  /** The spans in the order in which they ended, each with its parent. */
  function listSpans(): string[] {
    const spans = exporter.getFinishedSpans();
    return spans.map(({ name, parentSpanContext }) => {
      const parent = spans.find((span) => span.spanContext().spanId === parentSpanContext?.spanId);
      return parent ? `${parent.name} > ${name}` : name;
    });
  }

  it("a hook is a span with the module and the hook as attributes", async () => {
    expect(await tracer.traceHook(alpha, "setupModule", async () => "done")).toBe("done");
    const [span, ...others] = exporter.getFinishedSpans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: "phasewise.module.setupModule",
      attributes: {
        "phasewise.module.id": "alpha",
        "phasewise.module.version": "1.2.3",
        "phasewise.hook": "setupModule",
      },
      status: { code: SpanStatusCode.UNSET },
      instrumentationScope: { name: "@phasewise/runtime" },
    });
  });

  it("the name of a span has no blanks", async () => {
    await tracer.traceHook(alpha, "setup hook", async () => {});
    expect(exporter.getFinishedSpans()).toMatchObject([
      { name: "phasewise.module.setup_hook", attributes: { "phasewise.hook": "setup hook" } },
    ]);
  });

  it("hooks are children of the boot, and what a hook traces is a child of the hook, also side by side", async () => {
    const query = () => trace.getTracer("user").startActiveSpan("query", async (span) => span.end());
    let finishBeta!: () => void;
    const beta = new Promise<void>((resolve) => (finishBeta = resolve));
    await tracer.trace("phasewise.boot", {}, () =>
      Promise.all([
        tracer.traceHook({ id: "beta", version: "1.0.0" }, "setupModule", () => beta),
        tracer
          .traceHook(alpha, "initialize", async () => {
            await Promise.resolve();
            await query();
          })
          .then(() => tracer.traceHook(alpha, "start", async () => {}))
          .then(finishBeta),
      ]),
    );
    expect(listSpans()).toEqual([
      "phasewise.module.initialize > query",
      "phasewise.boot > phasewise.module.initialize",
      "phasewise.boot > phasewise.module.start",
      "phasewise.boot > phasewise.module.setupModule",
      "phasewise.boot",
    ]);
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
    await expect(tracer.trace("phasewise.boot", {}, work)).rejects.toThrow("no route");
    expect(exporter.getFinishedSpans()).toMatchObject([
      {
        name: "phasewise.boot",
        status: { code: SpanStatusCode.ERROR, message: "no route" },
        events: [{ name: "exception", attributes: { "exception.message": "no route", "exception.type": "Error" } }],
      },
    ]);
  });

  it("a rejection that is no error passes unchanged, and the span has its text", async () => {
    const thrown: unknown = await tracer
      .trace("phasewise.boot", {}, () => Promise.reject("no route"))
      .catch((it) => it);
    expect(thrown).toBe("no route");
    expect(exporter.getFinishedSpans()).toMatchObject([
      { status: { code: SpanStatusCode.ERROR, message: "no route" } },
    ]);
  });
});
