import { AssertionError } from "node:assert";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Files } from "./memory-project.js";

const UPDATE = "UPDATE_GOLDEN";

/**
 * Compares files with those of a committed folder, the golden tree. With `UPDATE_GOLDEN=1` in the environment the folder is
 * written anew instead, and nothing is compared.
 *
 * @param files texts by path, such as the `files` of {@link GeneratorRun}
 * @throws AssertionError with a diff from the golden tree to the files
 */
export async function expectGoldenTree(files: Files, folder: string | URL): Promise<void> {
  const root = typeof folder === "string" ? folder : fileURLToPath(folder);
  if (process.env[UPDATE] === "1") return replaceTree(root, files);
  const golden = await readTree(root);
  const paths = [...new Set([...Object.keys(golden), ...Object.keys(files)])].sort();
  const diffs = paths.filter((path) => golden[path] !== files[path]).map((path) => diffOf(path, golden, files));
  if (diffs.length === 0) return;
  const message = `The files are not those of the golden tree ${root}. When they are as they should be, run the test with ${UPDATE}=1.`;
  throw new AssertionError({ message: `${message}\n\n${diffs.join("\n")}`, actual: files, expected: golden });
}

function diffOf(path: string, { [path]: before }: Files, { [path]: after }: Files): string {
  const from = before === undefined ? "/dev/null" : `a/${path}`;
  const to = after === undefined ? "/dev/null" : `b/${path}`;
  return createTwoFilesPatch(from, to, before ?? "", after ?? "", "", "", { headerOptions: FILE_HEADERS_ONLY });
}

async function readTree(root: string): Promise<Files> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map(async (path) => {
    return [path.slice(join(root, "/").length).replaceAll("\\", "/"), await readFile(path, "utf8")] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

async function replaceTree(root: string, files: Files): Promise<void> {
  await rm(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}
