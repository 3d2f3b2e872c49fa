import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { exists } from "../changes/paths.js";
import { runGit, splitNames } from "../gate/git.js";
import { findFiles } from "../gate/source-files.js";
import { isSameText } from "./same-text.js";
import type { GenerationRecord, RecordedFile } from "./record.js";

/** Finds where a recorded file is today; `undefined` when it was deleted. */
export type FindFile = (file: RecordedFile) => Promise<string | undefined>;

/** Follows files that git knows to be renamed, or whose very text is somewhere else now. Looks only when one is missing. */
export function createFinder(root: string, records: readonly GenerationRecord[]): FindFile {
  const recorded = new Set(records.flatMap(({ files }) => files.map(({ path }) => path)));
  let renames: Promise<readonly Rename[]> | undefined;
  return async (file) => {
    const isThere = (path: string) => exists(join(root, path));
    if (await isThere(file.path)) return file.path;
    const renamed = follow(file.path, await (renames ??= readRenames(root)));
    if (renamed !== file.path && (await isThere(renamed))) return renamed;
    return findSameText(root, file, recorded);
  };
}

interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Oldest first; none without git or without a repository. */
async function readRenames(root: string): Promise<Rename[]> {
  const shown = ["-M", "--diff-filter=R", "--name-status", "-z", "--relative"];
  const ask = (...args: string[]) => runGit(root, [...args, ...shown]).catch(() => "");
  const [committed, present] = await Promise.all([ask("log", "--format=", "--reverse"), ask("diff", "HEAD")]);
  const names = [...splitNames(committed), ...splitNames(present)].map((name) => name.trim());
  const renames: Rename[] = [];
  for (let index = 0; index + 2 < names.length + 0; index += 3)
    renames.push({ from: names[index + 1]!, to: names[index + 2]! });
  return renames;
}

function follow(path: string, renames: readonly Rename[]): string {
  let place = path;
  for (const { from, to } of renames) if (from === place) place = to;
  return place;
}

/** The one file with the very text that was generated, when there is only one. */
async function findSameText(
  root: string,
  { path, before, after }: RecordedFile,
  recorded: ReadonlySet<string>,
): Promise<string | undefined> {
  if (before !== null || after === null || after.trim() === "") return undefined;
  const ending = extname(path).replaceAll(".", "\\.");
  const files = (await findFiles(root, new RegExp(`${ending}$`))).map((file) => file.split(sep).join("/"));
  const found: string[] = [];
  for (const file of files.filter((file) => !recorded.has(file)))
    if (isSameText(await readFile(join(root, file), "utf8"), after)) found.push(file);
  return found.length === 1 ? found[0] : undefined;
}
