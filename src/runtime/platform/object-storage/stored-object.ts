import { createHash } from "node:crypto";
import { Result } from "../../results/result.js";
import { TaskError } from "../../tasks/errors.js";
import { withTimeLimit } from "../../tasks/with-timeout.js";
import { ObjectStorageError } from "./errors.js";
import type { BodyFailureCode, ObjectInfo, StoredObject } from "./object-storage.js";

/** What an adapter has of an object that is read. */
export interface ObjectSource {
  readonly info: ObjectInfo;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Gives back what the reading holds: a file, a connection. Called once, also when nobody reads. */
  close(): Promise<void> | void;
  /** How long a piece may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a `StoredObject` for an adapter of `ObjectStorage`: each piece is bounded in time, the checksum and the size are
 * compared at the end, and what the reading holds is given back, whichever way it ends.
 *
 * @example
 * ```ts
 * import { openObject, type ObjectInfo, type StoredObject } from "@phasewise/runtime/platform";
 *
 * export async function* piecesOf(text: string) {
 *   yield Buffer.from(text);
 * }
 *
 * export const openText = (info: ObjectInfo, text: string): StoredObject =>
 *   openObject({ info, pieces: piecesOf(text), close() {}, timeoutMs: 1_000 });
 * ```
 */
export function openObject(source: ObjectSource): StoredObject {
  return new OpenObject(source);
}

class OpenObject implements StoredObject {
  readonly #source: ObjectSource;
  readonly body: AsyncIterable<Uint8Array>;
  #closing: Promise<void> | undefined;

  constructor(source: ObjectSource) {
    this.#source = source;
    this.body = this.#read();
  }

  get info(): ObjectInfo {
    return this.#source.info;
  }

  async bytes(): Promise<Result<Uint8Array, BodyFailureCode>> {
    const pieces: Uint8Array[] = [];
    try {
      for await (const piece of this.body) pieces.push(piece);
      return Result.success(new Uint8Array(Buffer.concat(pieces)));
    } catch (error) {
      if (!(error instanceof ObjectStorageError)) throw error;
      return Result.error(error.code, error.message, { cause: error.cause });
    }
  }

  async text(): Promise<Result<string, BodyFailureCode>> {
    return Result.map(await this.bytes(), (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }

  async *#read(): AsyncGenerator<Uint8Array, void, undefined> {
    const { info, pieces, timeoutMs, signal } = this.#source;
    const hash = createHash("sha256");
    let sizeBytes = 0;
    try {
      const iterator = pieces[Symbol.asyncIterator]();
      for (;;) {
        const next = await withTimeLimit(() => iterator.next(), { timeoutMs, signal }).catch((error: unknown) => {
          throw this.#failure(error);
        });
        if (next.done) break;
        hash.update(next.value);
        sizeBytes += next.value.byteLength;
        yield next.value;
      }
    } finally {
      await this.#close();
    }
    const sha256 = hash.digest("hex");
    if (sizeBytes === info.sizeBytes && sha256 === (info.sha256 ?? sha256)) return;
    throw new ObjectStorageError("CHECKSUM_MISMATCH", `${info.key} is not what was uploaded. Upload it again.`);
  }

  #close(): Promise<void> {
    this.#closing ??= (async () => this.#source.close())();
    return this.#closing;
  }

  #failure(error: unknown): ObjectStorageError {
    const { info, signal } = this.#source;
    const isAborted = signal?.aborted === true && error === signal.reason;
    const isLate = error instanceof TaskError && error.code === "TIMED_OUT";
    const code = isAborted ? "ABORTED" : isLate ? "TIMED_OUT" : "UNAVAILABLE";
    const text = error instanceof Error ? error.message : String(error);
    return new ObjectStorageError(code, `${info.key} could not be read to its end: ${text}`, { cause: error });
  }
}
