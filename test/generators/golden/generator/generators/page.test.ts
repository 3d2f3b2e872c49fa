import { runGenerator } from "phasewise/testing";
import { describe, expect, it } from "vitest";
import page from "./page.js";

describe("the generator page", () => {
  it("adds a page to a module", async () => {
    const files = { "modules/orders/module.ts": "export default {};\n" };
    const run = await runGenerator(page, { title: "overview", module: "orders" }, { files });

    expect(run.changed).toEqual(["modules/orders/overview.md"]);
    expect(run.files["modules/orders/overview.md"]).toBe("# overview\n\nA page of the module orders.\n");
  });

  it("refuses a module that there is not", async () => {
    const running = runGenerator(page, { title: "overview", module: "orders" });
    await expect(running).rejects.toThrow("There is no module orders");
  });
});
