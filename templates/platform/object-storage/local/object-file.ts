import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { ObjectInfo } from "@phasewise/runtime/platform";
import { z } from "zod";

const lengthBytes = 4;
const maxInfoBytes = 65_536;
const infoSchema = z.object({
  key: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  contentType: z.string(),
  metadata: z.record(z.string(), z.string()),
  modifiedAt: z.coerce.date(),
});

/** The file of an object: its bytes, what is known of it as JSON, and the length of that. One file can be replaced at once. */
export interface ObjectFile {
  readonly info: ObjectInfo;
  readonly handle: FileHandle;
}

/** Opens the file of an object, which nobody closes but the caller. */
export async function openObjectFile(path: string): Promise<ObjectFile> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return { info: await readInfo(handle, path), handle };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Writes the bytes of an object, then what is known of it, and waits until the disk has them. */
export async function writeObjectFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  known: Pick<ObjectInfo, "key" | "contentType" | "metadata">,
): Promise<ObjectInfo> {
  await using handle = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    sizeBytes += piece.byteLength;
    await handle.writeFile(piece);
  }
  const info = { ...known, sizeBytes, sha256: hash.digest("hex"), modifiedAt: new Date() };
  const json = Buffer.from(JSON.stringify(info));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(json.byteLength);
  await handle.writeFile(Buffer.concat([json, length]));
  await handle.sync();
  return info;
}

async function readInfo(handle: FileHandle, path: string): Promise<ObjectInfo> {
  const { size } = await handle.stat();
  const end = size - lengthBytes;
  const length = end < 0 ? 0 : (await readAt(handle, end, lengthBytes)).readUInt32LE();
  if (length === 0 || length > Math.min(end, maxInfoBytes)) throw damaged(path);
  const info = infoSchema.parse(JSON.parse(String(await readAt(handle, end - length, length))));
  if (info.sizeBytes !== end - length) throw damaged(path);
  return info;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer;
}

const damaged = (path: string) => new Error(`${path} is damaged. Delete it, and upload its object again.`);
