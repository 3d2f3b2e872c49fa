import type { ReceivedSpan } from "@phasewise/runtime/conformance";
import { startServer, type TestServer, textOf } from "../../http/test-server.js";

interface SentSpan {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, string | number | boolean> }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface ResourceSpans {
  readonly resource: { readonly attributes: SentSpan["attributes"] };
  readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
}

/** A collector that takes OTLP over HTTP, in JSON. */
export interface Collector extends TestServer {
  /** The status that it answers with. */
  status: number;
  /** The spans that it took. */
  readAll(): ReceivedSpan[];
  /** Those that are not of the runtime. */
  readSpans(): ReceivedSpan[];
  /** The names of the services that they come from. */
  readonly services: ReadonlySet<unknown>;
}

export async function startCollector(): Promise<Collector> {
  const spans: SentSpan[] = [];
  const services = new Set<unknown>();
  const server = await startServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await textOf(request)) as { resourceSpans: readonly ResourceSpans[] };
    if (collector.status === 200) {
      for (const { resource, scopeSpans } of resourceSpans) {
        services.add(valuesOf(resource.attributes)["service.name"]);
        spans.push(...scopeSpans.flatMap((scope) => scope.spans));
      }
    }
    response.writeHead(collector.status).end("{}");
  });
  const readAll = () => {
    const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    return spans.map(({ name, parentSpanId = "", attributes, status }) => ({
      name,
      parent: names.get(parentSpanId),
      attributes: valuesOf(attributes),
      failure: status.code === 2 ? status.message : undefined,
    }));
  };
  const readSpans = () => readAll().filter(({ name }) => !name.startsWith("phasewise."));
  const collector: Collector = Object.assign(server, { status: 200, services, readAll, readSpans });
  return collector;
}

function valuesOf(attributes: SentSpan["attributes"]): Record<string, string | number | boolean> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]!]));
}
