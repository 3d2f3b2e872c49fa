import { context, propagation, ProxyTracerProvider, trace } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-node";
import { type ActivationContext, Result, Service, withTimeout } from "@phasewise/runtime";
import {
  type CallOptions,
  noSpan,
  PlatformCalls,
  runInSpan,
  type Span,
  type SpanOptions,
  type Tracer,
} from "@phasewise/runtime/platform";
import type { TracerSettings } from "./tracer-settings.js";
import { WatchedExporter } from "./watched-exporter.js";

/** Sends spans, its own and those of the runtime and of libraries, to a collector. Work never waits for the collector. */
export class TracerService extends Service<TracerSettings> implements Tracer {
  #calls!: PlatformCalls;
  #provider!: NodeTracerProvider;
  #exporter!: WatchedExporter;
  #settings!: TracerSettings;

  protected override async onInitialize({ logger }: ActivationContext, settings: TracerSettings) {
    const { url, headers, timeoutMs } = settings;
    const endpoint = `${url.replace(/\/+$/, "")}/v1/traces`;
    const exporter = new OTLPTraceExporter({ url: endpoint, headers, timeoutMillis: timeoutMs });
    this.#settings = settings;
    this.#exporter = new WatchedExporter(exporter, logger);
    this.#calls = new PlatformCalls<never>({ service: "tracer", timeoutMs, codeOf: () => "UNAVAILABLE" });
    this.#provider = createProvider(this.#exporter, settings);
    this.#provider.register();
    if (isRegistered(this.#provider)) return Result.success(undefined);
    await this.#provider.shutdown();
    return Result.error("ALREADY_TRACING", "another OpenTelemetry SDK is registered in this process: keep one of them");
  }

  /** The last spans are sent, if the collector takes them in time. */
  protected override async onDispose(): Promise<void> {
    await this.#calls.drain();
    trace.disable();
    context.disable();
    propagation.disable();
    await withTimeout(() => this.#provider.shutdown(), this.#settings).catch(() => {});
  }

  /** Runs the work in a span; without one while the module is not active. */
  async withSpan<T, C extends string>(
    name: string,
    work: (span: Span) => Promise<Result<T, C>>,
    options?: SpanOptions,
  ): Promise<Result<T, C>> {
    if (!this.requireInitialized().success) return work(noSpan);
    return await runInSpan(this.#provider.getTracer(this.#settings.serviceName), name, work, options);
  }

  /** Sends the spans that have ended; `UNAVAILABLE` when the collector did not take them, and they are lost. */
  async flush(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return untraced(() =>
      this.#calls.run("flush", options, async () => {
        await this.#provider.forceFlush();
        const { failure } = this.#exporter;
        return failure ? Result.error("UNAVAILABLE", failure.message, { cause: failure }) : Result.success(undefined);
      }),
    );
  }

  /** Did the collector take what was sent last? */
  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return untraced(() =>
      this.#calls.health(options, async () => {
        const { failure, sent, lost } = this.#exporter;
        if (failure) throw failure;
        return { sent, lost };
      }),
    );
  }
}

function createProvider(exporter: WatchedExporter, settings: TracerSettings): NodeTracerProvider {
  const { serviceName, sampleRatio, maxWaitingSpans, everyMs, timeoutMs } = settings;
  const processor = new BatchSpanProcessor(exporter, {
    maxQueueSize: maxWaitingSpans,
    maxExportBatchSize: 512,
    scheduledDelayMillis: everyMs,
    exportTimeoutMillis: timeoutMs,
  });
  return new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [processor],
  });
}

/** OpenTelemetry keeps the provider that was first, and only logs that there is a second. */
function isRegistered(provider: NodeTracerProvider): boolean {
  const registered = trace.getTracerProvider();
  return registered instanceof ProxyTracerProvider && registered.getDelegate() === provider;
}

/** What is done for spans makes none. */
function untraced<T>(work: () => T): T {
  return context.with(suppressTracing(context.active()), work);
}
