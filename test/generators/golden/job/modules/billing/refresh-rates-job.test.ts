import { createLogger } from "@phasewise/runtime";
import { fakeClock, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "./module.js";

describe("refreshRates", () => {
  it("runs when the module starts, and again after each pause, until the module stops", async () => {
    const lines: string[] = [];
    const logger = createLogger({ format: "text", write: (line) => void lines.push(line) });
    const clock = fakeClock();
    const runs = () => lines.filter((line) => line.includes("refresh-rates is done")).length;

    const application = await testApplication({ modules: [billingModule], logger, clock });
    expect(runs()).toBe(1);
    await clock.advance(60000);
    expect(runs()).toBe(2);
    await application.stop();
    await clock.advance(60000);
    expect(runs()).toBe(2);
  });
});
