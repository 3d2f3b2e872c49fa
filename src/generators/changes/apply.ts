import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { GeneratorError } from "../errors.js";
import { closeJournal, openJournal, type Journal } from "./journal.js";
import type { Plan } from "./plan.js";
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
    await closeJournal(root);
  } catch (error) {
    await rollBackAfter(error, root, journal);
    throw error;
  }
}

async function rollBackAfter(cause: unknown, root: string, journal: Journal): Promise<void> {
  try {
    await rollBack(root, journal);
  } catch (problem) {
    const why = `${(cause as Error).message}; then taking the changes back failed too: ${(problem as Error).message}`;
    throw new GeneratorError("INTERRUPTED", `${why}. The next run takes them back.`, { cause });
  }
}
