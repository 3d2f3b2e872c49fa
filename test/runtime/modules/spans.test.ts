import { trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { defineModule, Result } from "@phasewise/runtime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { applicationOf } from "./application-of.js";

describe("an application with an OpenTelemetry SDK", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

  beforeEach(() => provider.register());

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

  it("makes the boot a span, each hook a child of it, and what a hook traces a child of the hook", async () => {
    const query = () => trace.getTracer("user").startActiveSpan("query", async (span) => span.end());
    const alpha = defineModule({
      id: "alpha",
      version: "1.2.3",
      async initialize(context) {
        context.registerSetupHook(async () => {});
      },
      async setupModule() {
        await Promise.resolve();
        await query();
      },
      async stop() {},
    });
    const beta = defineModule({ id: "beta", version: "1.0.0", dependencies: ["alpha"], async start() {} });
    const app = applicationOf([alpha, beta]);
    await app.start();
    await app.stop();
    expect(listSpans()).toEqual([
      "phasewise.boot > phasewise.module.initialize",
      "phasewise.module.setupModule > query",
      "phasewise.boot > phasewise.module.setupModule",
      "phasewise.boot > phasewise.module.setup_hook",
      "phasewise.boot > phasewise.module.start",
      "phasewise.boot",
      "phasewise.module.disposal",
      "phasewise.module.stop",
      "phasewise.module.disposal",
    ]);
    expect(exporter.getFinishedSpans()[0]!.attributes).toEqual({
      "phasewise.module.id": "alpha",
      "phasewise.module.version": "1.2.3",
      "phasewise.hook": "initialize",
    });
  });

  it("records why a hook failed, in its span and in that of the boot", async () => {
    const app = applicationOf([
      defineModule({ id: "alpha", version: "1.0.0", start: async () => Result.error("NO_ROUTE", "no route") }),
    ]);
    const { message } = await rejectionOf(app.start());
    const failed = exporter.getFinishedSpans().filter(({ status }) => status.message !== undefined);
    expect(failed.map(({ name, status }) => [name, status.message])).toEqual([
      ["phasewise.module.start", message],
      ["phasewise.boot", message],
    ]);
  });
});
