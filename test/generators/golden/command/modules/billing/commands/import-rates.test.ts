import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import billingModule from "../module.js";
import { importRatesCommand } from "./import-rates.js";

/** A file of one test, removed at its end. */
async function temporaryFile(text: string) {
  const folder = await mkdtemp(join(tmpdir(), "import-rates-"));
  const path = join(folder, "lines.txt");
  await writeFile(path, text);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

describe("importRatesCommand", () => {
  it("answers what the operation makes of the file while its module is active", async () => {
    await using application = await testApplication({ modules: [billingModule] });
    await using file = await temporaryFile("pen\n\n ink\n");
    expect(application.report.status).toBe("running");

    expect(expectSuccess(await importRatesCommand(file.path))).toEqual(["ink", "pen"]);
  });

  it("answers FILE_UNREADABLE where there is no file", async () => {
    expectFailure(await importRatesCommand("nowhere.txt"), "FILE_UNREADABLE");
  });
});
