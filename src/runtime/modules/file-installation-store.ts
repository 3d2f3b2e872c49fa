import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Installation, InstallationError, type InstallationStore } from "./installation-store.js";

/** How much older than a new one an unfinished file must be, to be the leftover of a process that was killed. */
const leftoverAgeMs = 60_000;

/**
 * Remembers installations in a folder, one JSON file a module. Nothing is created before the first `save`. A file is written
 * beside its place, flushed to the disk and renamed: whoever reads sees the old one or the new one, in any process.
 *
 * Its methods reject with an `InstallationError`: `INSTALLATION_DAMAGED`, `INSTALLATIONS_UNUSABLE` or `INVALID_MODULE_ID`.
 *
 * @param directory The folder, relative to the working directory.
 */
export function fileInstallationStore(directory = ".phasewise/installations"): InstallationStore {
  let mayHaveLeftovers = true;
  return {
    async find(moduleId) {
      const file = fileOf(directory, moduleId);
      const text = await access(directory, () => readFile(file, "utf8").catch(ignoreMissing));
      return text === undefined ? undefined : parseInstallation(file, text);
    },
    async save(moduleId, { version, installedAt }) {
      const file = fileOf(directory, moduleId);
      await access(directory, async () => {
        await replaceFile(directory, file, `${JSON.stringify({ version, installedAt })}\n`);
        if (!mayHaveLeftovers) return;
        mayHaveLeftovers = false;
        await removeLeftovers(directory, file);
      });
    },
    async remove(moduleId) {
      const file = fileOf(directory, moduleId);
      await access(directory, () => rm(file, { force: true }));
    },
  };
}

function fileOf(directory: string, moduleId: string): string {
  if (/^[a-z][a-z0-9.-]*$/.test(moduleId)) return join(directory, `${moduleId}.json`);
  throw new InstallationError(
    "INVALID_MODULE_ID",
    `${JSON.stringify(moduleId)} is no module id such as "core.database".`,
  );
}

async function access<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new InstallationError(
      "INSTALLATIONS_UNUSABLE",
      `The installations in ${directory} cannot be read or written (${(cause as NodeJS.ErrnoException).code}). ` +
        "Make the folder writable, or give createApplication other installations.",
      { cause },
    );
  }
}

function parseInstallation(file: string, text: string): Installation {
  const installation = parseJson(text) as Partial<Installation> | null | undefined;
  const { version, installedAt } = installation ?? {};
  if (typeof version === "string" && typeof installedAt === "string") return { version, installedAt };
  throw new InstallationError(
    "INSTALLATION_DAMAGED",
    `The installation file ${file} is damaged. Restore it, or delete it to install the module as if for the first time.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function replaceFile(directory: string, file: string, text: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const unfinished = join(directory, `.${randomUUID()}.tmp`);
  try {
    await writeFlushed(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
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

/** Compares with the time of a file that was written just now: the clocks of two machines may differ. */
async function removeLeftovers(directory: string, newFile: string): Promise<void> {
  const { mtimeMs } = await stat(newFile);
  for (const name of (await readdir(directory)).filter((entry) => /^\..*\.tmp$/.test(entry))) {
    const leftover = await stat(join(directory, name)).catch(ignoreMissing);
    if (leftover && mtimeMs - leftover.mtimeMs > leftoverAgeMs) await rm(join(directory, name), { force: true });
  }
}

function ignoreMissing(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== "ENOENT") throw cause;
}
