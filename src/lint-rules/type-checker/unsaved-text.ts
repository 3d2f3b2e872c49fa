import { readdirSync, statSync } from "node:fs";
import { basename, dirname, sep } from "node:path";
import type { FileSystem } from "@typescript/native/unstable/fs";

/**
 * The texts that the linter sees and the disk does not have (yet), laid over the disk for the checker. A file that
 * exists only here is found like one on disk: by its imports and by the `include` of its tsconfig.
 */
export class UnsavedText {
  readonly #texts = new Map<string, string>();
  readonly #newNames = new Map<string, Set<string>>();

  /** For files that the disk has, too. The checker asks this for each file, the whole `fileSystem` for each name it tries. */
  readonly fileTexts: FileSystem = { readFile: (path) => this.#texts.get(path) };

  readonly fileSystem: FileSystem = {
    ...this.fileTexts,
    fileExists: (path) => (this.#texts.has(path) ? true : undefined),
    getAccessibleEntries: (folder) => this.#entriesWithNewFiles(folder),
  };

  /** Is there such a file, here or on disk? */
  hasFile(path: string): boolean {
    return this.#texts.has(path) || existsOnDisk(path);
  }

  /** Keeps the text of a file, and answers what that means for the checker. */
  set(path: string, text: string): "changed" | "created" {
    const isKnown = this.hasFile(path);
    this.#texts.set(path, text);
    if (isKnown) return "changed";
    const folder = dirname(path);
    this.#newNames.set(folder, (this.#newNames.get(folder) ?? new Set()).add(basename(path)));
    return "created";
  }

  /** Lets the disk speak again for these files. */
  forget(paths: readonly string[]): void {
    for (const path of paths) this.#texts.delete(path);
  }

  #entriesWithNewFiles(folder: string): { files: string[]; directories: string[] } | undefined {
    const newNames = this.#newNames.get(folder);
    if (!newNames) return undefined;
    const files = new Set(newNames);
    const directories: string[] = [];
    // eslint-disable-next-line phasewise/no-sync-io -- the checker asks from within a synchronous request
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) directories.push(entry.name);
      else files.add(entry.name);
    }
    return { files: [...files], directories };
  }
}

/** The checker writes paths with forward slashes on every platform. */
export function toCheckerPath(fileName: string): string {
  return sep === "\\" ? fileName.replaceAll("\\", "/") : fileName;
}

function existsOnDisk(path: string): boolean {
  // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
