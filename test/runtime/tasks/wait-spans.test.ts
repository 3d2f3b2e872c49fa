import { SpanStatusCode, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { RateLimiter, Semaphore, TaskRunner } from "@phasewise/runtime/tasks";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

describe("with an OpenTelemetry SDK", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let clock: FakeClock;

  beforeEach(() => {
    clock = fakeClock();
    provider.register();
  });

  afterEach(() => {
    exporter.reset();
    trace.disable();
  });

  /** The finished spans, each after its parent. */
  function listSpans(): string[] {
    const spans = exporter.getFinishedSpans();
    return spans.map(({ name, parentSpanContext }) => {
      const parent = spans.find((span) => span.spanContext().spanId === parentSpanContext?.spanId);
      return parent ? `${parent.name} > ${name}` : name;
    });
  }

  const inSpan = <T>(name: string, work: () => Promise<T>) =>
    trace.getTracer("user").startActiveSpan(name, (span) => work().finally(() => span.end()));

  it("a wait that rejects before the API is imported, which takes a while at first, is not unhandled", async () => {
    const semaphore = new Semaphore(1);
    using _permit = await semaphore.acquire();
    const controller = new AbortController();
    const waiting = semaphore.acquire({ signal: controller.signal });
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    expect(listSpans()).toEqual(["phasewise.tasks.permit"]);
  });

  /** Makes a wait that is traced to its end: the API is imported by then. */
  async function loadTracing(): Promise<void> {
    const semaphore = new Semaphore(1);
    const permit = await semaphore.acquire();
    const waiting = semaphore.acquire();
    permit.release();
    await waiting;
    exporter.reset();
  }

  it("the wait of a task in the queue is a span within that of the submitter, and so is what the task traces", async () => {
    await loadTracing();
    const runner = new TaskRunner({ maxWorkers: 1, clock });
    const query = () => inSpan("query", async () => {});
    const first = inSpan("first request", () => runner.submit(query));
    const second = inSpan("second request", () => runner.submit(query, { priority: "HIGH" }));
    await clock.advance(0);
    await Promise.all([first, second]);
    expect(listSpans().toSorted()).toEqual([
      "first request",
      "first request > query",
      "second request",
      "second request > phasewise.tasks.queue",
      "second request > query",
    ]);
    const wait = exporter.getFinishedSpans().find(({ name }) => name === "phasewise.tasks.queue");
    expect(wait!.attributes).toEqual({ "phasewise.task.priority": "HIGH" });
  });

  it("the wait of a task ends with its abort", async () => {
    await loadTracing();
    const runner = new TaskRunner({ maxWorkers: 1, clock });
    runner.pause();
    const controller = new AbortController();
    const waiting = runner.submit(async () => 1, { signal: controller.signal });
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    await clock.advance(0);
    expect(listSpans()).toEqual(["phasewise.tasks.queue"]);
  });

  it("the wait for a permit is a span, and none when there is one", async () => {
    const semaphore = new Semaphore(1);
    const permit = await semaphore.acquire();
    expect(listSpans()).toEqual([]);
    const waiting = semaphore.acquire();
    permit.release();
    (await waiting).release();
    expect(listSpans()).toEqual(["phasewise.tasks.permit"]);
  });

  it("a wait that is aborted has the error, and rejects with the reason", async () => {
    const semaphore = new Semaphore(1);
    using _permit = await semaphore.acquire();
    const controller = new AbortController();
    const waiting = semaphore.acquire({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(exporter.getFinishedSpans()).toMatchObject([{ status: { code: SpanStatusCode.ERROR, message: "enough" } }]);
  });

  it("the wait for the rate is a span", async () => {
    const limiter = new RateLimiter({ limit: 1, intervalMs: 100, clock });
    await limiter.acquire();
    const waiting = limiter.acquire();
    await clock.advance(100);
    await waiting;
    expect(listSpans()).toEqual(["phasewise.tasks.rate_limit"]);
  });
});
