import type { Failure, Success } from "../../results/outcome.js";
import { Result } from "../../results/result.js";
import type { ListOptions, SignedUrlOptions, UploadOptions } from "./object-storage.js";

const type = /^[\w.+-]+\/[\w.+-]+(?: *; *[\w.+-]+=(?:[\w.+-]+|"[ !#-~]*"))*$/;
const dayMs = 86_400_000;

type Checked<T> = Success<T> | Failure<"INVALID_OPTION">;

/** What is stored beside the bytes of an object. */
export interface ObjectDetails {
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** What the checksum has to be, in lower case. */
  readonly sha256: string | undefined;
}

/**
 * Checks the options of `upload`, for every adapter of `ObjectStorage` alike: what passes fits into a header.
 *
 * @example
 * ```ts
 * import { parseUploadOptions } from "@phasewise/runtime/platform";
 *
 * console.log(parseUploadOptions({ contentType: "text/plain\r\nx: y" }).success); // false
 * ```
 */
export function parseUploadOptions(options: UploadOptions = {}): Checked<ObjectDetails> {
  const { contentType = "application/octet-stream", metadata = {}, sha256 } = options;
  const entries = Object.entries(metadata);
  if (contentType.length > 200 || !type.test(contentType)) {
    return invalid("contentType must be one such as text/plain");
  }
  if (entries.some(([name, text]) => !/^[a-z][a-z0-9-]*$/.test(name) || !/^[!-~](?:[ -~]*[!-~])?$/.test(text))) {
    return invalid("metadata must be printable ASCII, under names of lower case letters, digits and hyphens");
  }
  if (entries.join().length > 2_000) return invalid("metadata must have 2,000 characters at most");
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) return invalid("sha256 must be 64 hexadecimal digits");
  return Result.success({ contentType, metadata, sha256: sha256?.toLowerCase() });
}

/**
 * Checks the options of `list`.
 *
 * @example
 * ```ts
 * import { parseListOptions } from "@phasewise/runtime/platform";
 *
 * console.log(parseListOptions({})); // { success: true, data: { limit: 1000, cursor: undefined } }
 * ```
 */
export function parseListOptions(options: ListOptions = {}): Checked<{ limit: number; cursor: string | undefined }> {
  const { limit = 1_000, cursor } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) return invalid("limit must be from 1 to 1,000");
  if (cursor !== undefined && (typeof cursor !== "string" || Buffer.byteLength(cursor) > 1_024)) {
    return invalid("cursor must be one that a page has given");
  }
  return Result.success({ limit, cursor });
}

/**
 * Checks the options of `signedUrl`.
 *
 * @example
 * ```ts
 * import { parseSignedUrlOptions } from "@phasewise/runtime/platform";
 *
 * console.log(parseSignedUrlOptions({ method: "GET", expiresInMs: 60_000 }).success); // true
 * ```
 */
export function parseSignedUrlOptions(options: SignedUrlOptions): Checked<SignedUrlOptions> {
  const { method, expiresInMs } = options;
  if (method !== "GET" && method !== "PUT") return invalid("method must be GET or PUT");
  if (expiresInMs >= 1_000 && expiresInMs <= 7 * dayMs) return Result.success(options);
  return invalid("expiresInMs must be from a second to seven days");
}

function invalid(problem: string): Failure<"INVALID_OPTION"> {
  return Result.error("INVALID_OPTION", problem);
}
