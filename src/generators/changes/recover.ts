import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { JOURNAL_FOLDER, closeJournal, findJournal, isRunning, removeEmptyFolders, type Journal } from "./journal.js";
import { resolveInside } from "./paths.js";
import { claimRecovery, removeClaims } from "./recovery-claim.js";
import { publishWrite, stageWrite, stagingPlace, type FileChange } from "./publish.js";

/**
 * Takes back a run that was interrupted, and answers whether there was one. Safe to repeat: killed halfway, the next
 * recovery goes on with it.
 */
export async function recover(root: string): Promise<boolean> {
  const journal = await findJournal(root);
  const isOurs = journal !== undefined && (await claimRecovery(root, journal.text));
  if (isOurs) await rollBack(root, journal);
  await removeLeftovers(root);
  // Another process has taken it back, and may be at work by now.
  if (journal !== undefined && !isOurs) await findJournal(root);
  return isOurs;
}

/** Takes back what a run has done so far; a file that somebody has changed since is left as it is. */
export async function rollBack(root: string, { folders, writes }: Journal): Promise<void> {
  for (const write of writes) await takeBack(await resolveInside(root, write.path), write);
  await removeEmptyFolders(root, folders);
  await closeJournal(root);
  await removeEmptyFolders(root, folders);
}

async function takeBack(target: string, { path, before, after, mode }: Journal["writes"][number]): Promise<void> {
  await rm(stagingPlace(target), { force: true });
  const present = await readFile(target, "utf8").catch(() => null);
  if (present !== after || present === before) return;
  if (before === null) return rm(target);
  const restoring: FileChange = { path, target, before: after, after: before, mode };
  await mkdir(dirname(target), { recursive: true });
  await stageWrite(restoring);
  await publishWrite(restoring);
}

/** A run that is killed before its journal or its claim is in place has changed nothing else. */
async function removeLeftovers(root: string): Promise<void> {
  await removeClaims(root);
  const folder = join(root, JOURNAL_FOLDER);
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = /^journal\.json\.(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(folder, name), { force: true });
  }
  await removeEmptyFolders(root, [JOURNAL_FOLDER]);
}
