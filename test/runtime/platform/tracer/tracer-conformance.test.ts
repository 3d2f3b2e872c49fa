import { tracerConformance, type TracerFixture } from "@phasewise/runtime/conformance";
import { expectSuccess, type StubTracer, stubTracer } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { TracerService } from "../../../../templates/platform/tracer/otlp/tracer-service.js";
import { tracerSettings } from "../../../../templates/platform/tracer/otlp/tracer-settings.js";
import { activeService } from "../active-service.js";
import { startCollector } from "./collector.js";

type Fixture = TracerFixture & AsyncDisposable;

function stubFixture(change: (stub: StubTracer) => Partial<StubTracer> = () => ({})): Fixture {
  const stub = stubTracer();
  return { tracer: { ...stub, ...change(stub) }, readSpans: async () => stub.spans, async [Symbol.asyncDispose]() {} };
}

async function otlpFixture(): Promise<Fixture> {
  const collector = await startCollector();
  const tracer = await activeService(new TracerService(), tracerSettings.parse({ url: collector.url }));
  return {
    tracer,
    async readSpans() {
      expectSuccess(await tracer.flush());
      return collector.readSpans();
    },
    async [Symbol.asyncDispose]() {
      await tracer[Symbol.asyncDispose]();
      await collector[Symbol.asyncDispose]();
    },
  };
}

describe.each<[string, () => Promise<Fixture>]>([
  ["the stub", async () => stubFixture()],
  ["OTLP", otlpFixture],
])("%s: a tracer", (_, create) => {
  for (const { name, run } of tracerConformance(create)) it(name, run);
});

describe("the conformance of Tracer", () => {
  const failuresOf = async (change: (stub: StubTracer) => Partial<StubTracer>) => {
    const cases = tracerConformance(async () => stubFixture(change));
    const outcomes = await Promise.allSettled(cases.map(({ run }) => run()));
    return cases.filter((_, index) => outcomes[index]?.status === "rejected").map(({ name }) => name);
  };

  it("finds nothing in the stub", async () => {
    expect(await failuresOf(() => ({}))).toEqual([]);
  });

  it("finds an adapter that makes its spans around nothing", async () => {
    const failures = await failuresOf((stub) => ({
      async withSpan(name, work, options) {
        await stub.withSpan(name, async () => ({ success: true, data: undefined }), options);
        return work({ setAttributes() {} });
      },
    }));
    expect(failures).toEqual([
      "adds the attributes that the work sets",
      "makes the span the parent of those that its work makes, also of several at the same time",
      "marks the span of a Failure with its code and message, and gives the Failure",
      "marks the span of work that throws, and throws the same",
    ]);
  });

  it("finds an adapter that makes Failures of what work throws", async () => {
    const failures = await failuresOf((stub) => ({
      withSpan: (name, work, options) =>
        stub.withSpan(name, work, options).catch((error: unknown) => ({ success: false, error }) as never),
    }));
    expect(failures).toEqual(["marks the span of work that throws, and throws the same"]);
  });
});
