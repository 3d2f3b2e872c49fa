import { mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Texts by path, with `/` between the folders. */
export type Files = Readonly<Record<string, string>>;

/** A folder of its own for one test, removed at its end: `await using folder = await temporaryFolder()`. */
export async function temporaryFolder(files: Files = {}) {
  const path = await realpath(await mkdtemp(join(tmpdir(), "phasewise-test-")));
  const folder = {
    path,
    write: (added: Files) => writeFiles(path, added),
    /** All files below, as they are now. */
    files: () => readFiles(path),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
  await folder.write(files);
  return folder;
}

/** The smallest workspace that generators accept. */
export const emptyWorkspace: Files = {
  "package.json": `${JSON.stringify({ type: "module", dependencies: { "@phasewise/runtime": "*" } }, null, 2)}\n`,
};

export async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

export async function readFiles(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.sort().map(async (path) => {
    return [path.slice(root.length + 1).replaceAll("\\", "/"), await readFile(path, "utf8")] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}
