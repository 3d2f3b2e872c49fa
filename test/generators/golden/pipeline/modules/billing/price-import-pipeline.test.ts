import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "./module.js";
import { priceImport } from "./price-import-pipeline.js";

describe("priceImport", () => {
  it("runs items through its stages while its module is active", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    expect(application.report.status).toBe("running");

    expect(expectSuccess(await priceImport.process([" pen ", "", "ink"]))).toEqual([["pen", "ink"]]);
  });

  it("says that its source has failed", async () => {
    const lines = (async function* () {
      yield "pen";
      throw new Error("the file ends too early");
    })();
    expectFailure(await priceImport.process(lines), "SOURCE_FAILED");
  });
});
