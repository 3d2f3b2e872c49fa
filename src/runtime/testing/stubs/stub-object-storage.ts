import { createHash } from "node:crypto";
import { parseKeyPrefix, parseObjectKey } from "../../platform/object-storage/object-key.js";
import {
  parseListOptions,
  parseSignedUrlOptions,
  parseUploadOptions,
} from "../../platform/object-storage/object-options.js";
import { BodyError, piecesOf } from "../../platform/object-storage/object-pieces.js";
import type {
  ObjectBody,
  ObjectInfo,
  ObjectPage,
  ObjectStorage,
} from "../../platform/object-storage/object-storage.js";
import { openObject } from "../../platform/object-storage/stored-object.js";
import { Result } from "../../results/result.js";
import { StubCalls, type StubOptions } from "./stub-calls.js";

interface Stored {
  readonly info: ObjectInfo;
  readonly bytes: Uint8Array;
}

/**
 * Makes an `ObjectStorage` in memory for a test, with latency on the clock of the application, and failures. Its signed URLs
 * lead nowhere.
 *
 * @example
 * ```ts
 * import { stubObjectStorage } from "@phasewise/runtime/testing";
 *
 * const storage = stubObjectStorage({ latencyMs: 20 });
 * await storage.upload("invoices/i-1.txt", "12.50 EUR", { contentType: "text/plain" });
 * ```
 */
export function stubObjectStorage(options: StubOptions = {}): ObjectStorage {
  const calls = new StubCalls("object-storage", options);
  const objects = new Map<string, Stored>();
  const find = (key: string): Result<Stored, "INVALID_KEY" | "NOT_FOUND"> => {
    const parsed = parseObjectKey(key);
    const stored = objects.get(key);
    if (!parsed.success) return parsed;
    return stored ? Result.success(stored) : Result.error("NOT_FOUND", `there is no object ${key}`);
  };

  return {
    upload: (key, body, call) =>
      calls.run("upload", call, async ({ signal }) => {
        const parsed = parseObjectKey(key);
        const details = parseUploadOptions(call);
        if (!parsed.success) return parsed;
        if (!details.success) return details;
        const read = await readBody(body, signal);
        if (!read.success) return read;
        const { contentType, metadata, sha256 } = details.data;
        const digest = createHash("sha256").update(read.data).digest("hex");
        if (sha256 !== undefined && sha256 !== digest) return Result.error("CHECKSUM_MISMATCH", `${key} has ${digest}`);
        const sizeBytes = read.data.byteLength;
        const info = { key, sizeBytes, sha256: digest, contentType, metadata, modifiedAt: new Date() };
        objects.set(key, { info, bytes: read.data });
        return Result.success(info);
      }),
    download: (key, call = {}) =>
      calls.run("download", call, async () =>
        Result.map(find(key), ({ info, bytes }) => {
          const timeoutMs = call.timeoutMs ?? 5_000;
          const pieces = piecesOf(bytes, new AbortController().signal);
          return openObject({ info, pieces, close() {}, timeoutMs, signal: call.signal });
        }),
      ),
    head: (key, call) => calls.run("head", call, async () => Result.map(find(key), ({ info }) => info)),
    list: (prefix, call) =>
      calls.run("list", call, async () => {
        const parsed = parseKeyPrefix(prefix);
        const page = parseListOptions(call);
        if (!parsed.success) return parsed;
        return Result.map(page, ({ limit, cursor }) => listPage([...objects.values()], prefix, limit, cursor));
      }),
    delete: (key, call) =>
      calls.run("delete", call, async () => {
        const parsed = parseObjectKey(key);
        if (parsed.success) objects.delete(key);
        return Result.map(parsed, () => undefined);
      }),
    signedUrl: (key, call) =>
      calls.run("signedUrl", call, async () => {
        const parsed = parseObjectKey(key);
        if (!parsed.success) return parsed;
        const path = key.split("/").map(encodeURIComponent).join("/");
        return Result.map(parseSignedUrlOptions(call), ({ method }) => `https://objects.invalid/${path}?${method}`);
      }),
    health: (call) => calls.run("health", call, async () => Result.success({ latencyMs: 0, details: {} })),
  };
}

async function readBody(body: ObjectBody, signal: AbortSignal): Promise<Result<Uint8Array, "BODY_FAILED">> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of piecesOf(body, signal)) pieces.push(piece);
    signal.throwIfAborted();
    return Result.success(Buffer.concat(pieces));
  } catch (error) {
    if (error instanceof BodyError) return Result.error("BODY_FAILED", error.message, { cause: error.cause });
    throw error;
  }
}

function listPage(objects: readonly Stored[], prefix: string, limit: number, cursor: string | undefined): ObjectPage {
  const compare = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));
  const found = objects
    .map(({ info: { key, sizeBytes, modifiedAt } }) => ({ key, sizeBytes, modifiedAt }))
    .filter(({ key }) => key.startsWith(prefix) && (cursor === undefined || compare(key, cursor) > 0))
    .sort((left, right) => compare(left.key, right.key));
  const page = found.slice(0, limit);
  return { objects: page, cursor: found.length > limit ? page.at(-1)?.key : undefined };
}
