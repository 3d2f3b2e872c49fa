import { SpanStatusCode, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { map, pipeline } from "@phasewise/runtime/streams";
import { afterEach, beforeEach, expect, it } from "vitest";

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

beforeEach(() => void provider.register());

afterEach(() => {
  exporter.reset();
  trace.disable();
});

it("is a span for each time that a pipeline processes a source, with its stages", async () => {
  const numbers = pipeline(
    map(Number),
    map((number) => number * 2),
  );
  expect(await numbers.process(["1"])).toEqual({ success: true, data: [2] });
  expect(exporter.getFinishedSpans()).toMatchObject([
    { name: "phasewise.streams.process", attributes: { "phasewise.streams.stages": "map Number, map" } },
  ]);
});

it("records the failure of a stage", async () => {
  const failing = pipeline(
    map(() => {
      throw new Error("refused");
    }),
  );
  await failing.process([1]);
  const [span] = exporter.getFinishedSpans();
  expect(span).toMatchObject({
    status: { code: SpanStatusCode.ERROR, message: "Stage 1 (map) failed: refused" },
    events: [{ name: "exception" }],
  });
});
