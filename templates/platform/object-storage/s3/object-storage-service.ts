import type { Readable } from "node:stream";
import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import {
  type CallOptions,
  type ListOptions,
  type ObjectBody,
  type ObjectInfo,
  type ObjectStorage,
  openObject,
  parseKeyPrefix,
  parseListOptions,
  parseObjectKey,
  parseSignedUrlOptions,
  parseUploadOptions,
  PlatformCalls,
  type SignedUrlOptions,
  type StoredObject,
  type UploadOptions,
} from "@phasewise/runtime/platform";
import type { ObjectStorageSettings } from "./object-storage-settings.js";
import { S3Bucket } from "./s3-bucket.js";
import { withS3Failures } from "./s3-failure.js";
import { spoolBody } from "./spooled-body.js";

/** Stores objects in a bucket of a server that speaks the S3 protocol. */
export class ObjectStorageService extends Service<ObjectStorageSettings> implements ObjectStorage {
  #calls!: PlatformCalls;
  #bucket!: S3Bucket;
  #timeoutMs!: number;

  protected override async onInitialize(_context: ActivationContext, settings: ObjectStorageSettings) {
    const { timeoutMs } = settings;
    this.#timeoutMs = timeoutMs;
    this.#calls = new PlatformCalls<never>({ service: "object-storage", timeoutMs, codeOf: () => "UNAVAILABLE" });
    this.#bucket = new S3Bucket(settings);
    const found = await this.#calls.health({}, async ({ signal }) => this.#ping(signal));
    if (!found.success) this.#bucket.close();
    return found;
  }

  protected override async onDispose(): Promise<void> {
    await this.#calls.drain();
    this.#bucket.close();
  }

  /** Stores an object, after all of its body was read: S3 wants length and checksum first. */
  async upload(key: string, body: ObjectBody, options?: UploadOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("upload", options, async ({ signal }) => {
      const parsed = parseObjectKey(key);
      const details = parseUploadOptions(options);
      if (!parsed.success) return parsed;
      if (!details.success) return details;
      const spooled = await withS3Failures(() => spoolBody(body, signal));
      if (!spooled.success) return spooled;
      await using content = spooled.data;
      const { sha256 = content.sha256 } = details.data;
      if (sha256 !== content.sha256) return Result.error("CHECKSUM_MISMATCH", `${key} has ${content.sha256}`);
      return withS3Failures(() => this.#bucket.put(key, content, details.data, signal));
    });
  }

  /** Begins to read an object. */
  async download(key: string, options: CallOptions = {}) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("download", options, async ({ signal }) => {
      const parsed = parseObjectKey(key);
      if (!parsed.success) return parsed;
      const found = await withS3Failures(() => this.#bucket.get(key, signal));
      return Result.map(found, ({ info, stream }) => this.#open(info, stream, options));
    });
  }

  /** What is known of an object. */
  async head(key: string, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("head", options, async ({ signal }) => {
      const parsed = parseObjectKey(key);
      return parsed.success ? withS3Failures(() => this.#bucket.head(key, signal)) : parsed;
    });
  }

  /** The objects whose keys begin with the prefix. */
  async list(prefix: string, options?: ListOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("list", options, async ({ signal }) => {
      const parsed = parseKeyPrefix(prefix);
      const page = parseListOptions(options);
      if (!parsed.success) return parsed;
      if (!page.success) return page;
      const { limit, cursor } = page.data;
      return withS3Failures(() => this.#bucket.list(prefix, limit, cursor, signal));
    });
  }

  /** Deletes an object. That there is none is a Success. */
  async delete(key: string, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("delete", options, async ({ signal }) => {
      const parsed = parseObjectKey(key);
      if (!parsed.success) return parsed;
      return Result.map(await withS3Failures(() => this.#bucket.delete(key, signal)), () => undefined);
    });
  }

  /** A URL with which the server itself lets anybody read or write the object for a while. */
  async signedUrl(key: string, options: SignedUrlOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("signedUrl", options, async () => {
      const parsed = parseObjectKey(key);
      const checked = parseSignedUrlOptions(options);
      if (!parsed.success) return parsed;
      if (!checked.success) return checked;
      return Result.success(await this.#bucket.signedUrl(key, checked.data));
    });
  }

  /** Is the bucket there? */
  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.health(options, async ({ signal }) => this.#ping(signal));
  }

  async #ping(signal: AbortSignal) {
    await this.#bucket.ping(signal);
    return {};
  }

  #open(info: ObjectInfo, stream: Readable, options: CallOptions): StoredObject {
    const { signal, timeoutMs = this.#timeoutMs } = options;
    return openObject({ info, pieces: stream, close: () => void stream.destroy(), timeoutMs, signal });
  }
}
