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
 * packages are not watched. A look at all costs one `stat` a file and a folder.
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

  /** What happened to all files since the last look, or `undefined` when nothing did. */
  collect(): FilesByChange | undefined {
    return this.#compare(this.#modified.keys(), this.#collectCreated());
  }

  /** What happened to these files. A look at few costs little, however large the workspace is. */
  collectOf(fileNames: Iterable<string>): FilesByChange | undefined {
    return this.#compare(fileNames, []);
  }

  #compare(fileNames: Iterable<string>, created: string[]): FilesByChange | undefined {
    const changed: string[] = [];
    const deleted: string[] = [];
    for (const fileName of fileNames) {
      const before = this.#modified.get(fileName);
      const now = before === undefined ? before : modifiedAt(fileName);
      if (now === undefined || now === before) continue;
      this.#modified.set(fileName, now);
      (now === MISSING ? deleted : changed).push(fileName);
    }
    return changed.length + deleted.length + created.length === 0 ? undefined : { changed, deleted, created };
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
