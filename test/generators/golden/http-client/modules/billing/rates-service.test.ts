import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defineModule } from "@phasewise/runtime";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "./module.js";
import { RatesService } from "./rates-service.js";

/** A system that knows one id. */
async function startSystem() {
  const server = createServer(({ url }, response) => {
    if (url === "/first") response.end('{"value":1}');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() };
}

/** The module with the service alone, which asks the system of the test. */
const moduleFor = (url: string) =>
  defineModule({
    id: "billing",
    version: "1.0.0",

    async initialize(context) {
      context.registerService("billing.rates", new RatesService(url));
    },

    async setupModule(context) {
      return context.getService("billing.rates").initialize(context);
    },
  });

describe("RatesService", () => {
  it("finds what the system has", async () => {
    await using system = await startSystem();
    await using application = await testApplication({ modules: [moduleFor(system.url)] });
    const rates = application.getService("billing.rates");

    expect(expectSuccess(await rates.find("first"))).toEqual({ value: 1 });
    expectFailure(await rates.find("second"), "HTTP_STATUS");
    expectFailure(await rates.find("  "), "EMPTY_ID");
  });

  it("is part of its module", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    expect(application.getService("billing.rates")).toBeInstanceOf(RatesService);
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new RatesService().find("first"), "NOT_INITIALIZED");
  });
});
