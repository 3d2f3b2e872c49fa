import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Paths of files, sorted by what happened to them. */
export interface FilesByChange {
  readonly changed: string[];
  readonly deleted: string[];
  readonly created: string[];
}

/**
 * What other programs did to the workspace since the last look: files changed, created and deleted. Files of installed
 * packages are not watched. A look costs one `stat` a file and a folder.
 */
export class DiskChanges {
  readonly #modified = new Map<string, number>();
  readonly #folders = new Map<string, Folder>();

  /** Watches these files and the folders they stand in. */
  track(fileNames: readonly string[]): void {
    for (const fileName of fileNames) {
      if (this.#modified.has(fileName) || fileName.includes("/node_modules/") || fileName.startsWith("/dev/")) continue;
      this.#modified.set(fileName, modifiedAt(fileName));
      const folder = dirname(fileName);
      if (!this.#folders.has(folder)) this.#folders.set(folder, readFolder(folder));
    }
  }

  /** The changes since the last call, or `undefined` when there are none. */
  collect(): FilesByChange | undefined {
    const changed: string[] = [];
    const deleted: string[] = [];
    for (const [fileName, before] of this.#modified) {
      const now = modifiedAt(fileName);
      if (now === before) continue;
      this.#modified.set(fileName, now);
      (now === MISSING ? deleted : changed).push(fileName);
    }
    const created = this.#collectCreated();
    if (changed.length + deleted.length + created.length === 0) return undefined;
    return { changed, deleted, created };
  }

  #collectCreated(): string[] {
    const created: string[] = [];
    for (const [path, before] of this.#folders) {
      if (modifiedAt(path) === before.modified) continue;
      const now = readFolder(path);
      this.#folders.set(path, now);
      for (const name of now.names) if (!before.names.has(name)) created.push(join(path, name));
    }
    return created;
  }
}

interface Folder {
  readonly modified: number;
  readonly names: ReadonlySet<string>;
}

const MISSING = -1;

function modifiedAt(path: string): number {
  // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? MISSING;
}

function readFolder(path: string): Folder {
  const modified = modifiedAt(path);
  if (modified === MISSING) return { modified, names: new Set() };
  // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
  return { modified, names: new Set(readdirSync(path)) };
}
