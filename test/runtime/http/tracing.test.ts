import { propagation, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { HttpClient } from "@phasewise/runtime/http";
import { expectSuccess } from "@phasewise/runtime/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startServer } from "./test-server.js";

const startOk = () => startServer((_, response) => response.end());

describe("without an SDK", () => {
  it("a request carries no trace headers", async () => {
    await using server = await startOk();
    await using client = new HttpClient();
    expectSuccess(await client.get(server.url));
    expect(server.received[0]?.headers).not.toHaveProperty("traceparent");
  });
});

describe("with an SDK", () => {
  const exporter = new InMemorySpanExporter();

  beforeEach(() => {
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  });

  afterEach(() => {
    exporter.reset();
    trace.disable();
    propagation.disable();
  });

  it("a request is a span, which the server is told of, without secrets", async () => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: server.url });
    expectSuccess(await client.get("users", { query: { token: "hunter22" }, headers: { authorization: "hunter22" } }));
    const [span, ...others] = exporter.getFinishedSpans();
    expect(others).toEqual([]);
    const { port } = new URL(server.url);
    expect(span).toMatchObject({ name: "phasewise.http.request" });
    expect(span?.attributes).toEqual({
      "http.request.method": "GET",
      "server.address": "127.0.0.1",
      "server.port": Number(port),
      "url.scheme": "http",
      "url.path": "/users",
    });
    const { traceId, spanId } = span!.spanContext();
    expect(server.received[0]?.headers["traceparent"]).toBe(`00-${traceId}-${spanId}-01`);
  });

  it("a request belongs to the span around it, also when it waits for a connection of another one", async () => {
    await using server = await startOk();
    await using client = new HttpClient({ baseUrl: server.url, maxConnections: 1 });
    const tracer = trace.getTracer("test");
    const within = (name: string) =>
      tracer.startActiveSpan(name, async (span) => {
        expectSuccess(await client.get(name));
        span.end();
        return span.spanContext().traceId;
      });
    const traceIds = await Promise.all([within("a"), within("b")]);
    const told = server.received.map(({ headers }) => String(headers["traceparent"]).split("-")[1]);
    expect(told).toEqual(traceIds);
  });

  it("a header that the request was given stays", async () => {
    await using server = await startOk();
    await using client = new HttpClient();
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    expectSuccess(await client.get(server.url, { headers: { traceparent } }));
    expect(server.received[0]?.headers["traceparent"]).toBe(traceparent);
  });

  it("a span of a request that is refused is never begun", async () => {
    await using client = new HttpClient();
    await expect(client.get("nowhere")).rejects.toMatchObject({ code: "INVALID_URL" });
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
