import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type ObjectBody, piecesOf } from "@phasewise/runtime/platform";

/** A body of which length and checksum are known: S3 wants both before the first byte. */
export interface SpooledBody extends AsyncDisposable {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** To be opened once. */
  open(): Uint8Array | Readable;
}

/** Reads a body to its end: pieces that come go to a temporary file, so that memory does not hold them. */
export async function spoolBody(body: ObjectBody, signal: AbortSignal): Promise<SpooledBody> {
  if (typeof body === "string") return inMemory(Buffer.from(body));
  return body instanceof Uint8Array ? inMemory(body) : inFile(body, signal);
}

function inMemory(bytes: Uint8Array): SpooledBody {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { sizeBytes: bytes.byteLength, sha256, open: () => bytes, async [Symbol.asyncDispose]() {} };
}

async function inFile(body: ObjectBody, signal: AbortSignal): Promise<SpooledBody> {
  const path = join(tmpdir(), `upload-${randomUUID()}`);
  const remove = () => rm(path, { force: true });
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    await using handle = await open(path, "wx", 0o600);
    for await (const piece of piecesOf(body, signal)) {
      hash.update(piece);
      sizeBytes += piece.byteLength;
      await handle.writeFile(piece);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { sizeBytes, sha256: hash.digest("hex"), open: () => createReadStream(path), [Symbol.asyncDispose]: remove };
}
