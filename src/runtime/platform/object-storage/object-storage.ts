import type { Result } from "../../results/result.js";
import type { CallOptions, PlatformFailureCode, PlatformService } from "../platform-service.js";

/**
 * What a call of an `ObjectStorage` may fail with, beside what every platform service may:
 *
 * - `NOT_FOUND`: there is no object with this key
 * - `FORBIDDEN`: the application may not do that
 * - `INVALID_KEY`, `INVALID_OPTION`: no object can have this key, this type, these metadata …
 * - `CHECKSUM_MISMATCH`: the bytes are not those that the checksum belongs to
 * - `BODY_FAILED`: the body that was to be uploaded rejected; its cause says with what
 * - `UNSUPPORTED`: this adapter, or its settings, cannot do that
 */
export type ObjectStorageFailureCode =
  | PlatformFailureCode
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "INVALID_KEY"
  | "INVALID_OPTION"
  | "CHECKSUM_MISMATCH"
  | "BODY_FAILED"
  | "UNSUPPORTED";

/** What can be uploaded: a text, as UTF-8; bytes; or pieces as they come. */
export type ObjectBody = string | Uint8Array | AsyncIterable<Uint8Array>;

/** What a list tells of an object. */
export interface ObjectSummary {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** What is known of an object. */
export interface ObjectInfo extends ObjectSummary {
  /** In hexadecimal digits; unknown for an object that was not uploaded by `upload`. */
  readonly sha256: string | undefined;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An object that is read: dispose of it (`await using`), or read it to its end. */
export interface StoredObject extends AsyncDisposable {
  readonly info: ObjectInfo;
  /**
   * The pieces, which can be read once. The reading rejects with an `ObjectStorageError`: when a piece does not come in
   * time, and at the end when the checksum is another one.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** All of it at once, in place of `body`. */
  bytes(): Promise<Result<Uint8Array, BodyFailureCode>>;
  /** The same as a text, which must be UTF-8 to be the one that was uploaded. */
  text(): Promise<Result<string, BodyFailureCode>>;
}

/** What the reading of a body may fail with. */
export type BodyFailureCode = "UNAVAILABLE" | "TIMED_OUT" | "ABORTED" | "CHECKSUM_MISMATCH";

/** What `upload` takes. */
export interface UploadOptions extends CallOptions {
  /** `application/octet-stream` by default. */
  readonly contentType?: string | undefined;
  /** Names in lower case letters, digits and hyphens; texts of printable ASCII; 2,000 characters together. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** What the checksum has to be, in hexadecimal digits; otherwise nothing is stored. */
  readonly sha256?: string | undefined;
}

/** What `list` takes. */
export interface ListOptions extends CallOptions {
  /** How many objects there are on a page at most, from 1 to 1,000; 1,000 by default. */
  readonly limit?: number | undefined;
  /** Where the page before has ended. */
  readonly cursor?: string | undefined;
}

/** A page of a list. */
export interface ObjectPage {
  /** By key, in the order of its UTF-8 bytes. */
  readonly objects: readonly ObjectSummary[];
  /** Leads to the next page; nothing on the last one. */
  readonly cursor: string | undefined;
}

/** What `signedUrl` takes. */
export interface SignedUrlOptions extends CallOptions {
  readonly method: "GET" | "PUT";
  /** How long the URL works, in milliseconds: a second to seven days. */
  readonly expiresInMs: number;
}

/**
 * Stores objects by key. Keys are paths without a leading slash, such as `invoices/2024/i-1.pdf`: at most 1,024 bytes, no
 * empty, `.` or `..` part, no backslash and no control character.
 *
 * @example
 * ```ts
 * import type { ObjectStorage } from "@phasewise/runtime/platform";
 *
 * export async function copyObject(storage: ObjectStorage, from: string, to: string) {
 *   const found = await storage.download(from);
 *   if (!found.success) return found;
 *   await using object = found.data;
 *   const { contentType, metadata, sha256 } = object.info;
 *   return storage.upload(to, object.body, { contentType, metadata, sha256 });
 * }
 * ```
 */
export interface ObjectStorage extends PlatformService {
  /** Stores an object in place of the one with this key. All of it or nothing: nobody ever reads a part. */
  upload(key: string, body: ObjectBody, options?: UploadOptions): Promise<Result<ObjectInfo, ObjectStorageFailureCode>>;

  /** Begins to read an object. The signal and the timeout, which is that of each piece, are those of its body as well. */
  download(key: string, options?: CallOptions): Promise<Result<StoredObject, ObjectStorageFailureCode>>;

  /** What is known of an object, without its body. */
  head(key: string, options?: CallOptions): Promise<Result<ObjectInfo, ObjectStorageFailureCode>>;

  /** The objects whose keys begin with the prefix, page by page. */
  list(prefix: string, options?: ListOptions): Promise<Result<ObjectPage, ObjectStorageFailureCode>>;

  /** Deletes an object. That there is none is a Success. */
  delete(key: string, options?: CallOptions): Promise<Result<undefined, ObjectStorageFailureCode>>;

  /** A URL with which anybody may read or write this one object for a while. `UNSUPPORTED` where there is nobody to serve it. */
  signedUrl(key: string, options: SignedUrlOptions): Promise<Result<string, ObjectStorageFailureCode>>;
}
