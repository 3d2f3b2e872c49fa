import { defineModule } from "@phasewise/runtime";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "./module.js";
import { PdfRendererService } from "./pdf-renderer-service.js";

/** Uses the service for the first time. */
const user = defineModule({
  id: "user",
  version: "1.0.0",
  dependencies: ["billing"],

  async start(context) {
    const pdfRenderer = await context.getLazyService("billing.pdf-renderer");
    expectSuccess(await pdfRenderer.add("first"));
  },
});

describe("PdfRendererService", () => {
  it("is there once it has been used", async () => {
    await using application = await testApplication({ modules: [billingModule, user] });
    const pdfRenderer = application.getService("billing.pdf-renderer");

    expect(expectSuccess(await pdfRenderer.add("second"))).toBe(2);
    expectFailure(await pdfRenderer.add("first"), "DUPLICATE_NAME");
    expectFailure(await pdfRenderer.add("  "), "EMPTY_NAME");
  });

  it("is not made before that", async () => {
    await using application = await testApplication({ modules: [billingModule] });

    expect(() => application.getService("billing.pdf-renderer")).toThrow(expect.objectContaining({ code: "LAZY_SERVICE" }));
  });

  it("answers NOT_INITIALIZED before it is used for the first time", async () => {
    expectFailure(await new PdfRendererService().add("first"), "NOT_INITIALIZED");
  });
});
