import { type LogFields, type Logger, Result, type ServiceId } from "@phasewise/runtime";
import { type ReceivedSpan, tracerConformance } from "@phasewise/runtime/conformance";
import type { SpanAttributes, Tracer } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import tracerModule from "./module.js";

/** A logger that keeps the lines of spans. */
function keepingLogger() {
  const lines: (LogFields & { readonly name: string })[] = [];
  const keep = (message: string, fields: LogFields = {}) => {
    if (message.startsWith("span ")) lines.push({ ...fields, name: message.slice("span ".length) });
  };
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep, child: () => logger };
  return { lines, logger };
}

/** The service of the module, in an application that ends with the test. */
async function createFixture() {
  const { lines, logger } = keepingLogger();
  const application = await testApplication({ modules: [tracerModule], logger });
  const stop = async () => void (await application.stop());
  onTestFinished(stop);
  const readSpans = async (): Promise<ReceivedSpan[]> => {
    const names = new Map(lines.map((line) => [line["spanId"], line.name]));
    return lines
      .filter(({ name }) => !name.startsWith("phasewise."))
      .map((line) => ({
        name: line.name,
        parent: names.get(line["parentSpanId"]),
        attributes: line["attributes"] as SpanAttributes,
        failure: line["failure"] as string | undefined,
      }));
  };
  const tracer = application.getService(tracerModule.id as ServiceId) as Tracer;
  return { tracer, readSpans, stop, [Symbol.asyncDispose]: stop };
}

describe("TracerService", () => {
  for (const { name, run } of tracerConformance(createFixture)) it(name, run);

  it("runs work also after the application was stopped", async () => {
    const { tracer, readSpans, stop } = await createFixture();
    await stop();
    expect(expectSuccess(await tracer.withSpan("after", async () => Result.success(2)))).toBe(2);
    expect(await readSpans()).toEqual([]);
    expectFailure(await tracer.flush(), "NOT_INITIALIZED");
  });
});
