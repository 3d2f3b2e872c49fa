import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseObjectKey } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ObjectStorageService } from "../../../../templates/platform/object-storage/s3/object-storage-service.js";
import { objectStorageSettings } from "../../../../templates/platform/object-storage/s3/object-storage-settings.js";
import { activeService } from "../active-service.js";
import { FaultProxy } from "../fault-proxy.js";
import { startS3 } from "./s3-server.js";

async function connect(change: object = {}) {
  const server = await startS3();
  onTestFinished(() => server[Symbol.asyncDispose]());
  const proxy = await FaultProxy.open(server.url);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const settings = { ...server.settings, endpoint: proxy.through(server.url), ...change };
  const storage = await activeService(new ObjectStorageService(), objectStorageSettings.parse(settings));
  onTestFinished(() => storage[Symbol.asyncDispose]());
  return { server, proxy, storage };
}

describe("objects on a server of the S3 protocol", () => {
  it("lie below the folder of the application, which others do not see", async () => {
    const { server, storage: own } = await connect({ folder: "shop/live" });
    const all = await activeService(new ObjectStorageService(), objectStorageSettings.parse(server.settings));
    onTestFinished(() => all[Symbol.asyncDispose]());
    expectSuccess(await own.upload("a", "abc"));
    expectSuccess(await all.upload("b", "abc"));
    expect(expectSuccess(await own.list("")).objects.map(({ key }) => key)).toEqual(["a"]);
    expect(expectSuccess(await all.list("")).objects.map(({ key }) => key)).toEqual(["b", "shop/live/a"]);
  });

  it("are read and written by anybody who has a signed URL", async () => {
    const { storage } = await connect();
    const put = expectSuccess(await storage.signedUrl("a b/ü.txt", { method: "PUT", expiresInMs: 60_000 }));
    expect((await fetch(put, { method: "PUT", body: "abc" })).status).toBe(200);
    const { sha256, sizeBytes } = expectSuccess(await storage.head("a b/ü.txt"));
    expect([sha256, sizeBytes]).toEqual([undefined, 3]);
    const get = expectSuccess(await storage.signedUrl("a b/ü.txt", { method: "GET", expiresInMs: 60_000 }));
    expect(await (await fetch(get)).text()).toBe("abc");
    expect(new URL(get).searchParams.get("X-Amz-Expires")).toBe("60");
    expect(new URL(get).searchParams.get("X-Amz-Signature")).toMatch(/^[0-9a-f]{64}$/);
  });

  it("are what was uploaded, whatever the key is", async () => {
    const { storage } = await connect();
    const part = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }),
      fc.constantFrom("..", "", "%2e%2e", "~", "__proto__", "a:b", "*", "a&b=c", "a+b", "x-id=GetObject", " "),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), async (parts) => {
        const key = parts.join("/");
        const uploaded = await storage.upload(key, key);
        expect([key, uploaded.success]).toEqual([key, parseObjectKey(key).success]);
        if (!uploaded.success) return void expectFailure(uploaded, "INVALID_KEY");
        const object = expectSuccess(await storage.download(key));
        expect(expectSuccess(await object.text())).toBe(key);
      }),
      { numRuns: 50 },
    );
  });

  it("fail the boot without the bucket, and with credentials that are not known", async () => {
    await expect(connect({ bucket: "absent" })).rejects.toThrow(/object-storage.health/);
    await expect(connect({ accessKeyId: "other" })).rejects.toThrow(/object-storage.health/);
  });

  it("are UNAVAILABLE while the server is gone, TIMED_OUT while it does not answer, and back with it", async () => {
    const { proxy, storage } = await connect();
    expectSuccess(await storage.upload("a", "abc"));
    proxy.cut();
    expectFailure(await storage.head("a"), "UNAVAILABLE");
    expectFailure(await storage.upload("b", Buffer.alloc(100_000)), "UNAVAILABLE");
    expectFailure(await storage.health(), "UNAVAILABLE");
    proxy.restore();
    expectSuccess(await storage.head("a"));
    expectFailure(await storage.head("b"), "NOT_FOUND");
    proxy.drop();
    expectFailure(await storage.upload("b", Buffer.alloc(100_000), { timeoutMs: 100 }), "TIMED_OUT");
    expectFailure(await storage.list("", { timeoutMs: 100 }), "TIMED_OUT");
    proxy.restore();
    expectSuccess(await storage.upload("b", "abc"));
    expect(expectSuccess(await storage.list("")).objects.map(({ key }) => key)).toEqual(["a", "b"]);
  });

  it("end their reading in bounded time when the server goes in the middle of it", async () => {
    const { proxy, storage } = await connect();
    expectSuccess(await storage.upload("a", Buffer.alloc(20_000_000)));
    const object = expectSuccess(await storage.download("a"));
    proxy.cut();
    expectFailure(await object.bytes(), "UNAVAILABLE");
    proxy.restore();
    const silent = expectSuccess(await storage.download("a", { timeoutMs: 2_000 }));
    proxy.drop();
    expectFailure(await silent.bytes(), "TIMED_OUT");
    proxy.restore();
    await using whole = expectSuccess(await storage.download("a"));
    expect(expectSuccess(await whole.bytes()).byteLength).toBe(20_000_000);
  });

  it("leave no temporary file, be the upload whole, given up, or without a server", async () => {
    const { proxy, storage } = await connect();
    const folder = await mkdtemp(join(tmpdir(), "uploads-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    vi.stubEnv("TMPDIR", folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    async function* pieces() {
      yield Buffer.alloc(6_000_000);
      yield Buffer.alloc(6_000_000);
    }
    expectSuccess(await storage.upload("a", pieces()));
    expectFailure(await storage.upload("b", pieces(), { sha256: "0".repeat(64) }), "CHECKSUM_MISMATCH");
    proxy.cut();
    expectFailure(await storage.upload("b", pieces()), "UNAVAILABLE");
    expect(await readdir(folder)).toEqual([]);
  });
});
