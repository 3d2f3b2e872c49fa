import { readFile, readdir } from "node:fs/promises";
import { resolveInside } from "../changes/paths.js";
import { type GenerationRecord, parseRecord } from "./record.js";

export const RECORDS = ".phasewise/generations";
const ENDING = ".record";

/** The file of a record, relative to the workspace. */
export function recordFile(id: string): string {
  return `${RECORDS}/${id}${ENDING}`;
}

/** True for the path of a record. */
export function isRecordFile(path: string): boolean {
  return path.startsWith(`${RECORDS}/`);
}

/** The names of all records, oldest first; none where nothing is recorded. */
export async function findRecordIds(root: string): Promise<string[]> {
  const names = await readdir(await resolveInside(root, RECORDS)).catch(() => []);
  return names
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .sort();
}

/** The records of a workspace, oldest first: all, or those whose text is wanted. */
export async function readRecords(
  root: string,
  isWanted: (text: string) => boolean = () => true,
): Promise<GenerationRecord[]> {
  const read = (await findRecordIds(root)).map(async (id) => {
    const file = recordFile(id);
    const text = await readFile(await resolveInside(root, file), "utf8");
    return isWanted(text) ? [parseRecord(id, text, file)] : [];
  });
  return (await Promise.all(read)).flat();
}
