import { randomUUID } from "node:crypto";
import type { ServiceId } from "@phasewise/runtime";
import { objectStorageConformance } from "@phasewise/runtime/conformance";
import { expectSuccess, type TestApplication, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import objectStorageModule from "./module.js";
import type { ObjectStorageService } from "./object-storage-service.js";

const endpoint = process.env["PHASEWISE_S3_URL"];
const bucket = process.env["PHASEWISE_S3_BUCKET"] ?? "objects";
const isSkipped = endpoint === undefined && process.env["PHASEWISE_REQUIRE_SERVICES"] !== "1";
const reason = isSkipped ? " (skipped: PHASEWISE_S3_URL names no server to test against)" : "";

const boot = (folder: string) =>
  testApplication({
    modules: [objectStorageModule],
    settings: { [objectStorageModule.id]: { endpoint, bucket, folder } },
  });

const storageOf = (application: TestApplication) =>
  application.getService(objectStorageModule.id as ServiceId) as ObjectStorageService;

/** The service of the module, in an application that ends with the test, with a folder of its own in the bucket. */
async function createStorage() {
  const folder = `test-${randomUUID()}`;
  const application = await boot(folder);
  onTestFinished(async () => {
    await application.stop();
    await empty(folder);
  });
  return storageOf(application);
}

async function empty(folder: string): Promise<void> {
  await using application = await boot(folder);
  const storage = storageOf(application);
  const { objects } = expectSuccess(await storage.list(""));
  for (const { key } of objects) expectSuccess(await storage.delete(key));
}

describe.skipIf(isSkipped)(`ObjectStorageService${reason}`, () => {
  for (const { name, run } of objectStorageConformance(createStorage)) it(name, run);

  it("signs URLs that the server takes", async () => {
    const storage = await createStorage();
    expectSuccess(await storage.upload("a b/ü.txt", "abc"));
    const url = expectSuccess(await storage.signedUrl("a b/ü.txt", { method: "GET", expiresInMs: 60_000 }));
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    expect(await answer.text()).toBe("abc");
  });
});
