import { readRecords } from "./read-records.js";

/** Gives the text that a generator once made a file with, from the last record of that; what a merge starts from. */
export function findBases(root: string): (path: string) => Promise<string | undefined> {
  return async (path) => {
    const records = await readRecords(root, (text) => text.includes(JSON.stringify(path)));
    const made = records
      .filter(({ undone }) => !undone)
      .flatMap(({ files }) => files.filter((file) => file.path === path && file.before === null));
    return made.at(-1)?.after ?? undefined;
  };
}
