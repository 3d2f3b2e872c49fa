import { context, propagation, ProxyTracerProvider, trace } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import {
  type CallOptions,
  noSpan,
  PlatformCalls,
  runInSpan,
  type Span,
  type SpanOptions,
  type Tracer,
} from "@phasewise/runtime/platform";
import { LogExporter } from "./log-exporter.js";
import type { TracerSettings } from "./tracer-settings.js";

/** Writes spans, its own and those of the runtime and of libraries, as lines of the log. */
export class TracerService extends Service<TracerSettings> implements Tracer {
  #calls!: PlatformCalls;
  #provider!: NodeTracerProvider;

  protected override async onInitialize({ logger }: ActivationContext, { level, timeoutMs }: TracerSettings) {
    const processor = new SimpleSpanProcessor(new LogExporter(logger, level));
    this.#calls = new PlatformCalls<never>({ service: "tracer", timeoutMs, codeOf: () => "UNAVAILABLE" });
    this.#provider = new NodeTracerProvider({ spanProcessors: [processor] });
    this.#provider.register();
    if (isRegistered(this.#provider)) return Result.success(undefined);
    await this.#provider.shutdown();
    return Result.error("ALREADY_TRACING", "another OpenTelemetry SDK is registered in this process: keep one of them");
  }

  protected override async onDispose(): Promise<void> {
    await this.#calls.drain();
    trace.disable();
    context.disable();
    propagation.disable();
    await this.#provider.shutdown();
  }

  /** Runs the work in a span; without one while the module is not active. */
  async withSpan<T, C extends string>(
    name: string,
    work: (span: Span) => Promise<Result<T, C>>,
    options?: SpanOptions,
  ): Promise<Result<T, C>> {
    if (!this.requireInitialized().success) return work(noSpan);
    return await runInSpan(this.#provider.getTracer("application"), name, work, options);
  }

  /** Waits for nothing: a line is written when its span ends. */
  async flush(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return untraced(() => this.#calls.run("flush", options, async () => Result.success(undefined)));
  }

  /** There is no server to ask. */
  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return untraced(() => this.#calls.health(options, async () => ({})));
  }
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
