import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { taskGroup } from "@phasewise/runtime";
import type { ObjectInfo } from "@phasewise/runtime/platform";
import { type ObjectFile, openObjectFile, writeObjectFile } from "./object-file.js";

/** How long a file may be incoming: after that its process has died. */
const abandonedMs = 86_400_000;

/**
 * A folder with a file for each object, named by the hash of its key: no key can leave the folder, follow a link, be the name
 * of a device, or be taken for another one where file names ignore case. An object appears, whole, by a rename.
 */
export class ObjectFolder {
  readonly #objects: string;
  readonly #incoming: string;

  constructor(path: string) {
    this.#objects = join(path, "objects");
    this.#incoming = join(path, "incoming");
  }

  /** Makes the folders, and removes what processes that have died left behind. */
  async open(): Promise<void> {
    await mkdir(this.#objects, { recursive: true });
    await mkdir(this.#incoming, { recursive: true });
    for (const name of await readdir(this.#incoming)) {
      const path = join(this.#incoming, name);
      const modifiedMs = await stat(path).then(({ mtimeMs }) => mtimeMs, ignoreAbsent);
      if (modifiedMs !== undefined && modifiedMs < Date.now() - abandonedMs) await rm(path, { force: true });
    }
  }

  /** Writes an object; `accept` sees it before anybody else, and throws if it is not to be stored. */
  async write(
    pieces: AsyncIterable<Uint8Array>,
    known: Pick<ObjectInfo, "key" | "contentType" | "metadata">,
    accept: (info: ObjectInfo) => void,
  ): Promise<ObjectInfo> {
    const incoming = join(this.#incoming, randomUUID());
    try {
      const info = await writeObjectFile(incoming, pieces, known);
      const path = this.#pathOf(known.key);
      await mkdir(join(path, ".."), { recursive: true });
      accept(info);
      await rename(incoming, path);
      return info;
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  /** Opens an object, if it is there. */
  async find(key: string): Promise<ObjectFile | undefined> {
    return openObjectFile(this.#pathOf(key)).catch(ignoreAbsent);
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  /** What is known of all objects; their files are read, sixteen at a time. */
  async list(signal: AbortSignal): Promise<ObjectInfo[]> {
    const entries = await readdir(this.#objects, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const infos = await taskGroup((group) => group.map(paths, readInfo), { maxConcurrency: 16, signal });
    return infos.filter((info) => info !== undefined);
  }

  #pathOf(key: string): string {
    const hash = createHash("sha256").update(key).digest("hex");
    return join(this.#objects, hash.slice(0, 2), hash);
  }
}

async function readInfo(path: string): Promise<ObjectInfo | undefined> {
  const file = await openObjectFile(path).catch(ignoreAbsent);
  await file?.handle.close();
  return file?.info;
}

function ignoreAbsent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
