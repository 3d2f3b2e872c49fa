import type { CheckedFile } from "./checked-file.js";
import { DiskChanges, type FilesByChange } from "./disk-changes.js";
import { getFileNames } from "./file-names.js";
import { ImportedFiles } from "./imported-files.js";
import type { Project } from "./types.js";

/**
 * Looks at the disk before a lint. The files that one imports are looked at whenever it is linted again; all others as
 * well, unless that took long: then it may take one part in `SHARE` of the time. So a re-lint and a run over a large
 * workspace stay quick, and what changed far away is noticed a moment later.
 */
export class DiskWatch {
  readonly #disk = new DiskChanges();
  readonly #imported = new ImportedFiles();
  /** By each linted file, once it was linted again. */
  readonly #importsOf = new Map<string, ReadonlySet<string> | undefined>();
  #lastLookMs = 0;
  #nextLook = 0;

  /** What other programs did that matters to the lint of a file. */
  look(path: string): FilesByChange | undefined {
    const imports = this.#importsOf.get(path);
    const isQuick = this.#importsOf.has(path) && (this.#lastLookMs <= QUICK_MS || !imports);
    if (isQuick || performance.now() >= this.#nextLook) return this.#lookAtAll();
    return imports && this.#disk.collectOf(imports);
  }

  /** Notes what the file that is linted imports, when it is not for the first time. */
  note(path: string, { sourceFile, project }: CheckedFile): void {
    if (!this.#importsOf.has(path)) return void this.#importsOf.set(path, undefined);
    const imports = this.#imported.find(sourceFile, project);
    this.#importsOf.set(path, imports);
    this.#disk.track([...imports]);
  }

  /** Is it known what the file imports? Then a change of its text brings no files that would go unnoticed. */
  isNoted(path: string): boolean {
    return this.#importsOf.get(path) !== undefined;
  }

  /** Watches the files of all projects. */
  watch(projects: readonly Project[]): void {
    for (const project of projects) this.#disk.track([project.configFileName, ...getFileNames(project)]);
  }

  #lookAtAll(): FilesByChange | undefined {
    const begin = performance.now();
    const changes = this.#disk.collect();
    const end = performance.now();
    this.#lastLookMs = end - begin;
    this.#nextLook = end + Math.max(INTERVAL_MS, SHARE * this.#lastLookMs);
    if (changes && changes.deleted.length + changes.created.length > 0) this.#imported.forget();
    return changes;
  }
}

/** Looks that take no longer are not worth saving. */
const QUICK_MS = 4;

/** Between two looks for files that are linted for the first time. */
const INTERVAL_MS = 100;

const SHARE = 10;
