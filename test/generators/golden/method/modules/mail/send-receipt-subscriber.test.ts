import { defineModule, type PublishResult, Result } from "@phasewise/runtime";
import { testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import mailModule from "./module.js";

/** Publishes the event while it starts, and gives what its handlers made of it. */
async function publish(id: string): Promise<PublishResult[]> {
  const results: PublishResult[] = [];
  const publisher = defineModule({
    id: "publisher",
    version: "1.0.0",
    dependencies: ["mail"],

    async start(context) {
      results.push(await context.publish("billing.invoice-paid", { id }));
    },
  });
  await using application = await testApplication({ modules: [mailModule, publisher] });
  expect(application.report.status).toBe("running");
  return results;
}

describe("sendReceipt", () => {
  it("handles billing.invoice-paid", async () => {
    expect(await publish("first")).toEqual([Result.success(undefined)]);
  });

  it("tells the publisher of an event without an id", async () => {
    expect(await publish("  ")).toMatchObject([{ success: false, error: { code: "HANDLERS_FAILED" } }]);
  });
});
