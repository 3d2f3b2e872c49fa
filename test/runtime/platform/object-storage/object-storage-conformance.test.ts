import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Result } from "@phasewise/runtime";
import { objectStorageConformance } from "@phasewise/runtime/conformance";
import type { ObjectStorage } from "@phasewise/runtime/platform";
import { stubObjectStorage } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { ObjectStorageService as LocalStorage } from "../../../../templates/platform/object-storage/local/object-storage-service.js";
import { objectStorageSettings as localSettings } from "../../../../templates/platform/object-storage/local/object-storage-settings.js";
import { ObjectStorageService as S3Storage } from "../../../../templates/platform/object-storage/s3/object-storage-service.js";
import { objectStorageSettings as s3Settings } from "../../../../templates/platform/object-storage/s3/object-storage-settings.js";
import { activeService } from "../active-service.js";
import { startS3 } from "./s3-server.js";

type Storage = ObjectStorage & AsyncDisposable;

function stub(change: (storage: ObjectStorage) => Partial<ObjectStorage> = () => ({})): Storage {
  const storage = stubObjectStorage();
  return { ...storage, ...change(storage), async [Symbol.asyncDispose]() {} };
}

async function local(): Promise<Storage> {
  const folder = await mkdtemp(join(tmpdir(), "objects-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return activeService(new LocalStorage(), localSettings.parse({ folder }));
}

async function s3(): Promise<Storage> {
  const server = await startS3();
  onTestFinished(() => server[Symbol.asyncDispose]());
  return activeService(new S3Storage(), s3Settings.parse(server.settings));
}

describe.each<[string, () => Promise<Storage>]>([
  ["the stub", async () => stub()],
  ["a local folder", local],
  ["the S3 protocol", s3],
])("%s", (_, create) => {
  for (const { name, run } of objectStorageConformance(create)) it(name, run);
});

describe("the conformance of ObjectStorage", () => {
  const failuresOf = async (change: (storage: ObjectStorage) => Partial<ObjectStorage>) => {
    const cases = objectStorageConformance(async () => stub(change));
    const outcomes = await Promise.allSettled(cases.map(({ run }) => run()));
    return cases.filter((_, index) => outcomes[index]?.status === "rejected").map(({ name }) => name);
  };

  it("finds nothing in the stub", async () => {
    expect(await failuresOf(() => ({}))).toEqual([]);
  });

  it("finds an adapter that stores pieces as they come, and does not look at the checksum", async () => {
    const failures = await failuresOf((storage) => ({
      async upload(key, body, { sha256: _, ...options } = {}) {
        if (typeof body === "string" || body instanceof Uint8Array) return storage.upload(key, body, options);
        const pieces: Uint8Array[] = [];
        try {
          for await (const piece of body) {
            pieces.push(piece);
            await storage.upload(key, Buffer.concat(pieces));
            options.signal?.throwIfAborted();
          }
        } catch (cause) {
          return Result.error(options.signal?.aborted ? "ABORTED" : "BODY_FAILED", String(cause), { cause });
        }
        return storage.upload(key, Buffer.concat(pieces), options);
      },
    }));
    expect(failures).toEqual([
      "stores nothing when the checksum is another one",
      "stores nothing of a body that rejects, and keeps what was there",
      "stores nothing of an upload that is given up, and ends its body",
      "answers INVALID_OPTION for options that no header can hold, or that make no sense",
    ]);
  });

  it("finds an adapter whose keys are file names, and whose list has one page", async () => {
    const fold = (key: string) => key.toLowerCase();
    const failures = await failuresOf((storage) => ({
      upload: (key, body, options) => storage.upload(fold(key), body, options),
      download: (key, options) => storage.download(fold(key), options),
      list: (prefix, { limit: _, ...options } = {}) => storage.list(prefix, options),
      delete: (key, options) => storage.delete(key.replaceAll("\\", "/"), options),
    }));
    expect(failures).toEqual([
      "tells keys apart that look alike or odd, and lists them as they are",
      "answers INVALID_KEY for what is no key, whatever is to be done",
      "answers INVALID_OPTION for options that no header can hold, or that make no sense",
      "lists page by page what begins with a prefix",
    ]);
  });
});
