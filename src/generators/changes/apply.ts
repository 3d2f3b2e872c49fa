import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { GeneratorError } from "../errors.js";
import { closeJournal, openJournal, removeEmptyFolders, type Journal } from "./journal.js";
import type { Plan, Write } from "./plan.js";
import { publishWrite, stageWrite } from "./publish.js";
import { rollBack } from "./recover.js";

/**
 * Makes all changes of a plan or none: every text is written beside its place first, and moved there when all are
 * written. A failure is taken back at once; a run that is killed is taken back by the next one.
 */
export async function applyPlan({ root, writes }: Plan): Promise<void> {
  const changing = writes.filter(({ before, after }) => before !== after);
  if (changing.length === 0) return;
  const journal = await openJournal({ root, writes: changing });
  try {
    for (const folder of journal.folders) await mkdir(join(root, folder), { recursive: true });
    for (const write of changing) await stageWrite(write);
    for (const write of changing) await publishWrite(write);
    await removeEmptyFolders(root, foldersAround(changing.filter(({ after }) => after === null)));
    await closeJournal(root);
  } catch (error) {
    await rollBackAfter(error, root, journal);
    throw error;
  }
}

/** The folders of files, outermost first, relative to the workspace. */
function foldersAround(files: readonly Write[]): string[] {
  const parts = files.map(({ path }) => path.split("/").slice(0, -1));
  const folders = parts.flatMap((names) => names.map((_, index) => names.slice(0, index + 1).join("/")));
  return [...new Set(folders)].sort((one, other) => one.length - other.length);
}

async function rollBackAfter(cause: unknown, root: string, journal: Journal): Promise<void> {
  try {
    await rollBack(root, journal);
  } catch (problem) {
    const why = `${(cause as Error).message}; then taking the changes back failed too: ${(problem as Error).message}`;
    throw new GeneratorError("INTERRUPTED", `${why}. The next run takes them back.`, { cause });
  }
}
