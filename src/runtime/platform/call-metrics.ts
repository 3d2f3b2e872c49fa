import { isMetering } from "../tasks/tracing.js";

/** What is measured of a call. */
export interface MeasuredCall {
  readonly service: string;
  readonly operation: string;
  readonly durationMs: number;
  /** The code of its failure; none for a success. */
  readonly code: string | undefined;
}

interface Histogram {
  record(value: number, attributes: Readonly<Record<string, string>>): void;
}

/** What is used of `@opentelemetry/api`. */
interface MetricsApi {
  readonly metrics: {
    getMeter(name: string): {
      createHistogram(name: string, options: { unit: string; description: string }): Histogram;
    };
  };
}

/** Records calls as the OpenTelemetry histogram `phasewise.platform.call.duration`, in seconds, if an SDK is registered. */
export class CallMetrics {
  #histogram: Histogram | undefined;
  #opening: Promise<void> | undefined;

  record(call: MeasuredCall): void {
    if (!isMetering()) return;
    if (this.#histogram) return recordIn(this.#histogram, call);
    this.#opening ??= this.#open();
    void this.#opening.then(() => this.#histogram && recordIn(this.#histogram, call));
  }

  /** The package is an optional peer: its name stands in a variable so that no compiler or bundler asks for it. */
  async #open(): Promise<void> {
    const name = "@opentelemetry/api";
    const api = await (import(name) as Promise<MetricsApi>).catch(() => undefined);
    this.#histogram = api?.metrics
      .getMeter("@phasewise/runtime")
      .createHistogram("phasewise.platform.call.duration", { unit: "s", description: "Duration of platform calls" });
  }
}

function recordIn(histogram: Histogram, { service, operation, durationMs, code }: MeasuredCall): void {
  const attributes = { "phasewise.service": service, "phasewise.operation": operation };
  histogram.record(durationMs / 1_000, code === undefined ? attributes : { ...attributes, "error.type": code });
}
