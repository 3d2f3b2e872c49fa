import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceId } from "@phasewise/runtime";
import { objectStorageConformance } from "@phasewise/runtime/conformance";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import objectStorageModule from "./module.js";
import type { ObjectStorageService } from "./object-storage-service.js";

/** The service of the module, in an application and with a folder that end with the test. */
async function createStorage() {
  const folder = await mkdtemp(join(tmpdir(), "objects-"));
  const settings = { folder, publicUrl: "https://shop.example/files", signingKey: "k".repeat(32) };
  const application = await testApplication({
    modules: [objectStorageModule],
    settings: { [objectStorageModule.id]: settings },
  });
  onTestFinished(async () => {
    await application.stop();
    await rm(folder, { recursive: true });
  });
  return application.getService(objectStorageModule.id as ServiceId) as ObjectStorageService;
}

describe("ObjectStorageService", () => {
  for (const { name, run } of objectStorageConformance(createStorage)) it(name, run);

  it("takes back the URLs that it has signed, for what they were signed for", async () => {
    const storage = await createStorage();
    const url = expectSuccess(await storage.signedUrl("a b/ü.txt", { method: "GET", expiresInMs: 60_000 }));
    expect(expectSuccess(await storage.verifySignedUrl(url, "GET"))).toEqual({ key: "a b/ü.txt", method: "GET" });
    expectFailure(await storage.verifySignedUrl(url, "PUT"), "FORBIDDEN");
    expectFailure(await storage.verifySignedUrl(url.replace("/a%20b/", "/c/"), "GET"), "FORBIDDEN");
  });
});
