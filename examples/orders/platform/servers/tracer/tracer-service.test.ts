import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Result, type ServiceId } from "@phasewise/runtime";
import { type ReceivedSpan, tracerConformance } from "@phasewise/runtime/conformance";
import type { Tracer } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import tracerModule from "./module.js";

type Value = Readonly<Record<string, string | number | boolean>>;

/** A span in the JSON of OTLP, as far as it is looked at. */
interface SentSpan {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Value }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface Traces {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[] }[];
}

/** A collector that keeps what it gets. */
async function startCollector() {
  const spans: SentSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as Traces;
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  onTestFinished(async () => void (await close()));
  return { spans, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The service of the module, in an application that ends with the test. */
async function startTracer(url: string, timeoutMs = 10_000) {
  const settings = { [tracerModule.id]: { url, timeoutMs } };
  const application = await testApplication({ modules: [tracerModule], settings });
  onTestFinished(async () => void (await application.stop()));
  return { application, tracer: application.getService(tracerModule.id as ServiceId) as Tracer };
}

async function createFixture() {
  const { spans, url } = await startCollector();
  const { application, tracer } = await startTracer(url);
  const readSpans = async (): Promise<ReceivedSpan[]> => {
    expectSuccess(await tracer.flush());
    const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    return spans
      .filter(({ name }) => !name.startsWith("phasewise."))
      .map(({ name, parentSpanId = "", attributes, status }) => ({
        name,
        parent: names.get(parentSpanId),
        attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]!])),
        failure: status.code === 2 ? status.message : undefined,
      }));
  };
  return { tracer, readSpans, [Symbol.asyncDispose]: async () => void (await application.stop()) };
}

describe("TracerService", () => {
  for (const { name, run } of tracerConformance(createFixture)) it(name, run);

  it("runs work without a collector, and says that the spans are lost", async () => {
    const collector = await startCollector();
    await collector.close();
    const { tracer } = await startTracer(collector.url, 500);
    expect(expectSuccess(await tracer.withSpan("work", async () => Result.success(7)))).toBe(7);
    const flushed = await tracer.flush();
    expect(["UNAVAILABLE", "TIMED_OUT"]).toContain(flushed.success || flushed.error.code);
  });

  it("runs work after the application was stopped, and has sent the last spans", async () => {
    const { spans, url } = await startCollector();
    const { application, tracer } = await startTracer(url);
    await tracer.withSpan("last", async () => Result.success(1));
    await application.stop();
    expect(spans.map(({ name }) => name)).toContain("last");
    expect(expectSuccess(await tracer.withSpan("after", async () => Result.success(2)))).toBe(2);
    expectFailure(await tracer.flush(), "NOT_INITIALIZED");
  });
});
