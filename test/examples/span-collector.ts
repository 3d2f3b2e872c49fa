import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A span, as OTLP has it. */
interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
}

interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[] }[];
}

/** Receives spans by OTLP over HTTP. */
export class SpanCollector implements AsyncDisposable {
  readonly #server: Server;
  readonly #spans: CollectedSpan[] = [];

  private constructor(server: Server) {
    this.#server = server.on("request", (request, response) => {
      void (json(request) as Promise<Export>).then(({ resourceSpans }) => {
        for (const { scopeSpans } of resourceSpans) for (const { spans } of scopeSpans) this.#spans.push(...spans);
        response.end("{}");
      });
    });
  }

  static async start(): Promise<SpanCollector> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new SpanCollector(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The names of the spans of a trace. */
  namesOf(traceId: string): string[] {
    return this.#spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
