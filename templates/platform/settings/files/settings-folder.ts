import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Result } from "@phasewise/runtime";
import type { CallOptions, PlatformFailureCode, SettingsStore } from "@phasewise/runtime/platform";

/** A folder with a file `<name>.json` for each name. A file is written beside its place, flushed, and renamed. */
export class SettingsFolder implements SettingsStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  read(name: string, { signal }: CallOptions) {
    return attempt(() => readFile(this.#fileOf(name), { encoding: "utf8", signal }).catch(ignoreMissing));
  }

  write(name: string, text: string) {
    return attempt(async () => {
      await mkdir(this.#folder, { recursive: true });
      const unfinished = join(this.#folder, `.${randomUUID()}.tmp`);
      try {
        await writeFlushed(unfinished, `${text}\n`);
        await rename(unfinished, this.#fileOf(name));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    });
  }

  list() {
    return attempt(async () => {
      const files = (await readdir(this.#folder).catch(ignoreMissing)) ?? [];
      return files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
    });
  }

  remove(name: string) {
    return attempt(() =>
      rm(this.#fileOf(name)).then(
        () => true,
        (error: unknown) => ignoreMissing(error) ?? false,
      ),
    );
  }

  #fileOf(name: string): string {
    return join(this.#folder, `${name}.json`);
  }
}

function attempt<T>(work: () => Promise<T>): Promise<Result<T, PlatformFailureCode>> {
  return Result.attempt("UNAVAILABLE", work);
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
}
