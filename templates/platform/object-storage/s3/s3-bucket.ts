import type { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ObjectDetails, ObjectInfo, ObjectPage, SignedUrlOptions } from "@phasewise/runtime/platform";
import type { ObjectStorageSettings } from "./object-storage-settings.js";
import type { SpooledBody } from "./spooled-body.js";

/** The name, among the metadata of S3, of the checksum: that of S3 itself is not that of the bytes for an upload in parts. */
const checksumName = "phasewise-sha256";

interface Known {
  readonly ContentLength?: number | undefined;
  readonly ContentType?: string | undefined;
  readonly LastModified?: Date | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

/** The requests to one bucket, in the words of `ObjectStorage`. What the server answers otherwise is thrown. */
export class S3Bucket {
  readonly #client: S3Client;
  readonly #settings: ObjectStorageSettings;
  readonly #prefix: string;

  constructor(settings: ObjectStorageSettings) {
    const { endpoint, region, accessKeyId, secretAccessKey, pathStyle } = settings;
    this.#settings = settings;
    this.#prefix = settings.folder === undefined ? "" : `${settings.folder}/`;
    this.#client = new S3Client({
      region,
      forcePathStyle: pathStyle,
      ...(endpoint !== undefined && { endpoint }),
      ...(accessKeyId !== undefined && { credentials: { accessKeyId, secretAccessKey: secretAccessKey ?? "" } }),
      // Not every server knows the checksums of Amazon; ours is among the metadata.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    });
  }

  /** Uploads in parts if it is large. What is given up leaves no parts. */
  async put(key: string, body: SpooledBody, details: ObjectDetails, signal: AbortSignal): Promise<ObjectInfo> {
    const { contentType, metadata } = details;
    const { sizeBytes, sha256 } = body;
    const abortController = new AbortController();
    const upload = new Upload({
      client: this.#client,
      abortController,
      partSize: this.#settings.partBytes,
      params: {
        ...this.#place(key),
        Body: body.open(),
        ContentType: contentType,
        Metadata: { ...metadata, [checksumName]: sha256 },
      },
    });
    const abort = () => abortController.abort();
    signal.addEventListener("abort", abort, { once: true });
    try {
      signal.throwIfAborted();
      await upload.done();
      return { key, sizeBytes, sha256, contentType, metadata, modifiedAt: new Date() };
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  async get(key: string, abortSignal: AbortSignal): Promise<{ info: ObjectInfo; stream: Readable }> {
    const answer = await this.#client.send(new GetObjectCommand(this.#place(key)), { abortSignal });
    return { info: infoOf(key, answer), stream: answer.Body as Readable };
  }

  async head(key: string, abortSignal: AbortSignal): Promise<ObjectInfo> {
    return infoOf(key, await this.#client.send(new HeadObjectCommand(this.#place(key)), { abortSignal }));
  }

  async list(prefix: string, limit: number, cursor: string | undefined, abortSignal: AbortSignal): Promise<ObjectPage> {
    const command = new ListObjectsV2Command({
      Bucket: this.#settings.bucket,
      Prefix: this.#prefix + prefix,
      MaxKeys: limit,
      ...(cursor !== undefined && { StartAfter: this.#prefix + cursor }),
    });
    const { Contents: contents = [], IsTruncated: isTruncated } = await this.#client.send(command, { abortSignal });
    const objects = contents.map(({ Key: key = "", Size: sizeBytes = 0, LastModified: modifiedAt = new Date(0) }) => ({
      key: key.slice(this.#prefix.length),
      sizeBytes,
      modifiedAt,
    }));
    return { objects, cursor: isTruncated ? objects.at(-1)?.key : undefined };
  }

  async delete(key: string, abortSignal: AbortSignal): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#place(key)), { abortSignal });
  }

  signedUrl(key: string, { method, expiresInMs }: SignedUrlOptions): Promise<string> {
    const place = this.#place(key);
    const command = method === "GET" ? new GetObjectCommand(place) : new PutObjectCommand(place);
    return getSignedUrl(this.#client, command, { expiresIn: Math.floor(expiresInMs / 1_000) });
  }

  async ping(abortSignal: AbortSignal): Promise<void> {
    await this.#client.send(new HeadBucketCommand({ Bucket: this.#settings.bucket }), { abortSignal });
  }

  close(): void {
    this.#client.destroy();
  }

  #place(key: string) {
    return { Bucket: this.#settings.bucket, Key: this.#prefix + key };
  }
}

function infoOf(key: string, known: Known): ObjectInfo {
  const { [checksumName]: sha256, ...metadata } = known.Metadata ?? {};
  return {
    key,
    sizeBytes: known.ContentLength ?? 0,
    sha256,
    contentType: known.ContentType ?? "application/octet-stream",
    metadata,
    modifiedAt: known.LastModified ?? new Date(0),
  };
}
