import { createHash, randomUUID } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GeneratorError } from "../errors.js";
import { JOURNAL_FOLDER, isRunning } from "./journal.js";
import { publishNewFile } from "./publish.js";

const CLAIM = /^claim\.([0-9a-f-]+)$/;

/** Who takes back what a journal says; a claim of a process that has died is claimed by its own id. */
interface Claim {
  readonly id: string;
  readonly pid: number;
}

/**
 * Claims the work of taking back what a journal says, so that no two processes do it: true when it is this one's. `BUSY`
 * while another one is at it, and false when the journal is not there any more.
 */
export async function claimRecovery(root: string, journalText: string): Promise<boolean> {
  const folder = join(root, JOURNAL_FOLDER);
  const claim: Claim = { id: randomUUID(), pid: process.pid };
  let place = placeOf(folder, digestOf(journalText));
  for (let found = await readClaim(place); found !== undefined; found = await readClaim(place)) {
    if (isRunning(found.pid)) throw claimed(found.pid);
    place = placeOf(folder, found.id);
  }
  const staged = join(folder, `journal.json.${process.pid}`);
  try {
    await writeFile(staged, JSON.stringify(claim), { flag: "wx" });
    await publishNewFile(staged, place, place);
  } catch (error) {
    await rm(staged, { force: true });
    if (error instanceof GeneratorError) throw claimed();
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  const present = await readFile(join(folder, "journal.json"), "utf8").catch(() => undefined);
  if (present === journalText) return true;
  await rm(place, { force: true });
  return false;
}

/** Removes the claims that are of no use any more: this process's own, and those of processes that have died. */
export async function removeClaims(root: string): Promise<void> {
  const folder = join(root, JOURNAL_FOLDER);
  for (const name of (await readdir(folder).catch(() => [])).filter((name) => CLAIM.test(name))) {
    const claim = await readClaim(join(folder, name));
    if (claim !== undefined && !isRunning(claim.pid)) await rm(join(folder, name), { force: true });
  }
}

function placeOf(folder: string, id: string): string {
  return join(folder, `claim.${id}`);
}

/** A claim is published whole, so what is there can be read. */
async function readClaim(place: string): Promise<Claim | undefined> {
  const text = await readFile(place, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Claim);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function claimed(pid?: number): GeneratorError {
  const other = pid === undefined ? "Another process" : `The process ${pid}`;
  const message = `${other} is taking back what an interrupted run has left in this workspace. Run the command again.`;
  return new GeneratorError("BUSY", message);
}
