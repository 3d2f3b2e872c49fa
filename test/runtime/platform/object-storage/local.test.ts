import { link, mkdtemp, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseObjectKey } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ObjectStorageService } from "../../../../templates/platform/object-storage/local/object-storage-service.js";
import { objectStorageSettings } from "../../../../templates/platform/object-storage/local/object-storage-settings.js";
import { activeService } from "../active-service.js";

async function localStorage(settings: object = {}) {
  const around = await mkdtemp(join(tmpdir(), "objects-"));
  const folder = join(around, "objects");
  onTestFinished(() => rm(around, { recursive: true }));
  const open = () => activeService(new ObjectStorageService(), objectStorageSettings.parse({ folder, ...settings }));
  const files = async () => {
    const entries = await readdir(around, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  };
  return { storage: await open(), open, folder, around, files };
}

const publicUrl = "https://shop.example/files";
const signing = { publicUrl, signingKey: "k".repeat(32) };

describe("a local folder of objects", () => {
  it("keeps every object inside, whatever its key is, and gives it back", async () => {
    const { storage, folder, files } = await localStorage();
    const part = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
      fc.constantFrom("..", ".", "", "con", "NUL", "aux.txt", "%2e%2e", "~", "__proto__", "a:b", "C:", "*", "incoming"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
        const key = parts.join("/");
        const uploaded = await storage.upload(key, key);
        expect(uploaded.success).toBe(parseObjectKey(key).success);
        if (!uploaded.success) return void expectFailure(uploaded, "INVALID_KEY");
        const object = expectSuccess(await storage.download(key));
        expect(expectSuccess(await object.text())).toBe(key);
        expectSuccess(await storage.delete(key));
      }),
    );
    expectSuccess(await storage.upload("a", "abc"));
    const [path, ...others] = await files();
    expect(others).toEqual([]);
    expect(path?.slice(folder.length)).toMatch(/^\/objects\/[0-9a-f]{2}\/[0-9a-f]{64}$/);
  });

  it("gives objects back after a restart, and to another process", async () => {
    const { storage, open } = await localStorage();
    const info = expectSuccess(await storage.upload("a", "abc", { contentType: "text/plain", metadata: { b: "c" } }));
    await storage[Symbol.asyncDispose]();
    expectFailure(await storage.head("a"), "NOT_INITIALIZED");
    await using other = await open();
    expect(expectSuccess(await other.head("a"))).toEqual(info);
  });

  it("leaves no file of an upload that failed, and removes those that a dead process has left a day ago", async () => {
    const { storage, open, folder, files } = await localStorage();
    const wrong = { sha256: "0".repeat(64) };
    expectFailure(await storage.upload("a", "abc", wrong), "CHECKSUM_MISMATCH");
    expectFailure(await storage.upload("a", 7 as unknown as string), "BODY_FAILED");
    expect(await files()).toEqual([]);
    const [old, young] = [join(folder, "incoming/old"), join(folder, "incoming/young")];
    for (const path of [old, young]) await writeFile(path, "half");
    await utimes(old, 0, 0);
    await using _ = await open();
    expect(await files()).toEqual([young]);
  });

  it("reads an object to its end as it was, while another one takes its place", async () => {
    const { storage } = await localStorage();
    const old = Buffer.alloc(300_000, 1);
    expectSuccess(await storage.upload("a", old));
    const object = expectSuccess(await storage.download("a"));
    expectSuccess(await storage.upload("a", "new"));
    expect(old.equals(expectSuccess(await object.bytes()))).toBe(true);
  });

  it("says so when the bytes on the disk have changed, and when a file ends too early", async () => {
    const { storage, files } = await localStorage();
    expectSuccess(await storage.upload("a", "abc"));
    const [path = ""] = await files();
    const content = await readFile(path);
    await writeFile(path, Buffer.concat([Buffer.from("abd"), content.subarray(3)]));
    const object = expectSuccess(await storage.download("a"));
    expectFailure(await object.bytes(), "CHECKSUM_MISMATCH");
    for (const size of [content.byteLength - 3, 2, 0]) {
      await truncate(path, size);
      expectFailure(await storage.download("a"), "UNAVAILABLE");
    }
    expectSuccess(await storage.upload("a", "abc"));
    expectSuccess(await storage.head("a"));
  });

  it("does not follow a link that somebody has put in the place of an object", async () => {
    const { storage, around, files } = await localStorage();
    expectSuccess(await storage.upload("a", "abc"));
    const [path = ""] = await files();
    await link(path, join(around, "outside"));
    await rm(path);
    await symlink(join(around, "outside"), path);
    expectFailure(await storage.download("a"), "UNAVAILABLE");
    expectSuccess(await storage.upload("a", "new"));
    expect(await readFile(join(around, "outside"), "utf8")).toMatch(/^abc/);
  });

  it("gives the file back when the body was read, was not read to its end, and was not read at all", async () => {
    const { storage } = await localStorage();
    expectSuccess(await storage.upload("a", Buffer.alloc(300_000)));
    const descriptors = async () => (await readdir("/proc/self/fd")).length;
    const before = await descriptors();
    for (let round = 0; round < 20; round++) {
      {
        await using _ = expectSuccess(await storage.download("a"));
      }
      const half = expectSuccess(await storage.download("a"));
      for await (const _ of half.body) break;
      expectSuccess(await expectSuccess(await storage.download("a")).bytes());
      expectFailure(await storage.download("absent"), "NOT_FOUND");
    }
    expect(await descriptors()).toBeLessThan(before + 10);
  });

  it("ends the reading when the signal aborts", async () => {
    const { storage } = await localStorage();
    expectSuccess(await storage.upload("a", Buffer.alloc(300_000)));
    const reading = new AbortController();
    await using object = expectSuccess(await storage.download("a", { signal: reading.signal }));
    reading.abort();
    expectFailure(await object.bytes(), "ABORTED");
  });
});

describe("a signed URL of a local folder", () => {
  it("is UNSUPPORTED without an address and a key", async () => {
    const { storage } = await localStorage();
    expectFailure(await storage.signedUrl("a", { method: "GET", expiresInMs: 1_000 }), "UNSUPPORTED");
    expectFailure(await storage.verifySignedUrl(`${publicUrl}/a`, "GET"), "UNSUPPORTED");
  });

  it("is taken for its object and its method, and for nothing else", async () => {
    const { storage } = await localStorage(signing);
    const url = expectSuccess(await storage.signedUrl("a/ü b?.txt", { method: "PUT", expiresInMs: 60_000 }));
    expect(expectSuccess(await storage.verifySignedUrl(url, "PUT"))).toEqual({ key: "a/ü b?.txt", method: "PUT" });
    for (const other of [
      url.replace("/a/", "/b/"),
      url.replace("method=PUT", "method=GET"),
      url.replace("shop.example", "evil.example"),
      url.replace(/expires=\d+/, `expires=${Date.now() + 90_000}`),
      url.replace(/signature=.*/, "signature="),
      url.replace("/a/", "/%ZZ/"),
      "no URL",
    ]) {
      expectFailure(await storage.verifySignedUrl(other, "PUT"), "FORBIDDEN");
    }
    expectFailure(await storage.verifySignedUrl(url, "GET"), "FORBIDDEN");
  });

  it("is not taken with the key of another application, nor after its time", async () => {
    const { storage } = await localStorage(signing);
    const { storage: other } = await localStorage({ publicUrl, signingKey: "x".repeat(32) });
    const url = expectSuccess(await other.signedUrl("a", { method: "GET", expiresInMs: 60_000 }));
    expectFailure(await storage.verifySignedUrl(url, "GET"), "FORBIDDEN");
    const own = expectSuccess(await storage.signedUrl("a", { method: "GET", expiresInMs: 1_000 }));
    vi.useFakeTimers({ now: Date.now() + 1_000, toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    expectFailure(await storage.verifySignedUrl(own, "GET"), "FORBIDDEN");
  });
});
