import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import {
  BodyError,
  type CallOptions,
  type ListOptions,
  type ObjectBody,
  type ObjectInfo,
  type ObjectPage,
  type ObjectStorage,
  openObject,
  parseKeyPrefix,
  parseListOptions,
  parseObjectKey,
  parseSignedUrlOptions,
  parseUploadOptions,
  piecesOf,
  PlatformCalls,
  type SignedUrlOptions,
  type StoredObject,
  type UploadOptions,
} from "@phasewise/runtime/platform";
import type { ObjectFile } from "./object-file.js";
import { ObjectFolder } from "./object-folder.js";
import type { ObjectStorageSettings } from "./object-storage-settings.js";
import { UrlSigner } from "./signed-url.js";

/** Stores objects in a folder of this machine. A list reads what is known of every object: keep some thousands, not millions. */
export class ObjectStorageService extends Service<ObjectStorageSettings> implements ObjectStorage {
  #calls!: PlatformCalls;
  #folder!: ObjectFolder;
  #signer: UrlSigner | undefined;
  #timeoutMs!: number;

  protected override async onInitialize(_context: ActivationContext, settings: ObjectStorageSettings) {
    const { folder, publicUrl, signingKey, timeoutMs } = settings;
    this.#timeoutMs = timeoutMs;
    this.#calls = new PlatformCalls<never>({ service: "object-storage", timeoutMs, codeOf: () => "UNAVAILABLE" });
    if (publicUrl !== undefined && signingKey !== undefined) this.#signer = new UrlSigner(publicUrl, signingKey);
    this.#folder = new ObjectFolder(folder);
    return Result.attempt("UNAVAILABLE", () => this.#folder.open());
  }

  protected override async onDispose(): Promise<void> {
    await this.#calls.drain();
  }

  /** Stores an object: written beside its place, put there when all of it is on the disk. */
  async upload(key: string, body: ObjectBody, options?: UploadOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("upload", options, ({ signal }) => this.#upload(key, body, options, signal));
  }

  /** Begins to read an object. One that is replaced meanwhile is read to its end as it was. */
  async download(key: string, options: CallOptions = {}) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("download", options, async (scope) => {
      const found = await this.#find(key);
      if (!found.success) return found;
      const { handle } = found.data;
      if (!scope.signal.aborted) return Result.success(this.#open(found.data, options));
      await handle.close();
      throw scope.signal.reason;
    });
  }

  /** What is known of an object. */
  async head(key: string, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("head", options, async () => {
      const found = await this.#find(key);
      if (found.success) await found.data.handle.close();
      return Result.map(found, ({ info }) => info);
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
      return Result.success(listPage(await this.#folder.list(signal), prefix, page.data));
    });
  }

  /** Deletes an object. That there is none is a Success. */
  async delete(key: string, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("delete", options, async () => {
      const parsed = parseObjectKey(key);
      if (!parsed.success) return parsed;
      await this.#folder.remove(key);
      return Result.success(undefined);
    });
  }

  /** A URL below `publicUrl`; the application serves it after `verifySignedUrl`. */
  async signedUrl(key: string, options: SignedUrlOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("signedUrl", options, async () => {
      const parsed = parseObjectKey(key);
      const checked = parseSignedUrlOptions(options);
      if (!parsed.success) return parsed;
      if (!checked.success) return checked;
      const url = this.#signer?.sign(key, checked.data);
      return url === undefined ? unsupported() : Result.success(url);
    });
  }

  /** What the URL of a request allows: the object and the method that it was signed for. */
  async verifySignedUrl(url: string, method: string) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#signer?.verify(url, method) ?? unsupported();
  }

  /** Is the folder there? */
  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.health(options, async () => {
      await this.#folder.open();
      return {};
    });
  }

  async #upload(key: string, body: ObjectBody, options: UploadOptions | undefined, signal: AbortSignal) {
    const parsed = parseObjectKey(key);
    const details = parseUploadOptions(options);
    if (!parsed.success) return parsed;
    if (!details.success) return details;
    const { contentType, metadata, sha256 } = details.data;
    try {
      const accept = (info: ObjectInfo) => {
        signal.throwIfAborted();
        if (sha256 !== undefined && info.sha256 !== sha256) throw new ChecksumError(`${key} has ${info.sha256}`);
      };
      return Result.success(await this.#folder.write(piecesOf(body, signal), { key, contentType, metadata }, accept));
    } catch (error) {
      if (error instanceof ChecksumError) return Result.error("CHECKSUM_MISMATCH", error.message);
      if (error instanceof BodyError) return Result.error("BODY_FAILED", error.message, { cause: error.cause });
      throw error;
    }
  }

  async #find(key: string): Promise<Result<ObjectFile, "INVALID_KEY" | "NOT_FOUND">> {
    const parsed = parseObjectKey(key);
    if (!parsed.success) return parsed;
    const file = await this.#folder.find(key);
    return file ? Result.success(file) : Result.error("NOT_FOUND", `there is no object ${key}`);
  }

  #open({ info, handle }: ObjectFile, { signal, timeoutMs = this.#timeoutMs }: CallOptions): StoredObject {
    const stream = handle.createReadStream({ autoClose: false, start: 0, end: Math.max(0, info.sizeBytes - 1) });
    const pieces = info.sizeBytes === 0 ? piecesOf("", new AbortController().signal) : stream;
    const close = () => {
      stream.destroy();
      return handle.close();
    };
    return openObject({ info, pieces, close, timeoutMs, signal });
  }
}

class ChecksumError extends Error {}

const unsupported = () =>
  Result.error("UNSUPPORTED", "there is nobody to serve a signed URL: set publicUrl and signingKey");

function listPage(
  infos: readonly ObjectInfo[],
  prefix: string,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): ObjectPage {
  const found = infos
    .filter(({ key }) => key.startsWith(prefix) && (cursor === undefined || compare(key, cursor) > 0))
    .sort((left, right) => compare(left.key, right.key))
    .map(({ key, sizeBytes, modifiedAt }) => ({ key, sizeBytes, modifiedAt }));
  const objects = found.slice(0, limit);
  return { objects, cursor: found.length > limit ? objects.at(-1)?.key : undefined };
}

/** By their UTF-8 bytes, as S3 does. */
function compare(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
