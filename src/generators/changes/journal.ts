import { mkdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { GeneratorError } from "../errors.js";
import { exists, resolveInside } from "./paths.js";
import type { Plan, Write } from "./plan.js";
import { modeOf, publishNewFile } from "./publish.js";

export const JOURNAL_FOLDER = ".phasewise";
const JOURNAL = `${JOURNAL_FOLDER}/journal.json`;

/** What a run is about to do, written before its first change, so that the next run can take back an interrupted one. */
export interface Journal {
  readonly pid: number;
  /** Folders to be made, outermost first, relative to the workspace. */
  readonly folders: readonly string[];
  /** `mode` is that of a file to be removed. */
  readonly writes: readonly (Pick<Write, "path" | "before" | "after"> & { readonly mode?: number })[];
}

/** A journal that a run has left. */
export interface FoundJournal extends Journal {
  readonly text: string;
}

/** Announces a run; `BUSY` when another one is at work in this workspace. */
export async function openJournal({ root, writes }: Plan): Promise<Journal> {
  const file = await resolveInside(root, JOURNAL);
  const folders = await missingFolders(root, [file, ...writes.map(({ target }) => target)]);
  const kept = await Promise.all(writes.map(toKept));
  const journal: Journal = { pid: process.pid, folders, writes: kept };
  const staged = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(staged, JSON.stringify(journal), { flag: "wx" });
    await publishNewFile(staged, file, JOURNAL);
  } catch (error) {
    await rm(staged, { force: true }).catch(() => undefined);
    await removeEmptyFolders(root, folders);
    throw error instanceof GeneratorError ? busy() : error;
  }
  return journal;
}

async function toKept({ path, target, before, after }: Write): Promise<Journal["writes"][number]> {
  return after === null ? { path, before, after, mode: await modeOf(target, path) } : { path, before, after };
}

/** Ends a run: what it has changed stays changed, or what it has taken back stays taken back. */
export async function closeJournal(root: string): Promise<void> {
  await rm(join(root, JOURNAL), { force: true });
  await removeEmptyFolders(root, [JOURNAL_FOLDER]);
}

/** The journal of a run that ended without closing it; `BUSY` while that run is still at work. */
export async function findJournal(root: string): Promise<FoundJournal | undefined> {
  const text = await readFile(await resolveInside(root, JOURNAL), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const journal = parseJournal(text);
  if (isRunning(journal.pid)) throw busy(journal.pid);
  return { ...journal, text };
}

/** True while another process with this id is running. */
export function isRunning(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Removes those of the folders that are empty, innermost first. */
export async function removeEmptyFolders(root: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) await rmdir(join(root, folder)).catch(() => undefined);
}

async function missingFolders(root: string, files: readonly string[]): Promise<string[]> {
  const missing = new Set<string>();
  for (const file of files) {
    const found: string[] = [];
    for (let folder = dirname(file); !(await exists(folder)); folder = dirname(folder)) found.unshift(folder);
    for (const folder of found) missing.add(relative(root, folder) || ".");
  }
  return [...missing];
}

function parseJournal(text: string): Journal {
  try {
    const { pid, folders, writes } = JSON.parse(text) as Journal;
    return { pid, folders: [...folders], writes: [...writes] };
  } catch (cause) {
    const message = `${JOURNAL} cannot be read as the journal of an interrupted run. Delete it, and look over the last changes.`;
    throw new GeneratorError("INTERRUPTED", message, { cause });
  }
}

function busy(pid?: number): GeneratorError {
  const other = pid === undefined ? "Another process" : `The process ${pid}`;
  return new GeneratorError(
    "BUSY",
    `${other} is changing this workspace, says ${JOURNAL}. Wait until it has ended, then run the command again. ` +
      "If it is no run of Phasewise, delete that file, and look over the last changes.",
  );
}
