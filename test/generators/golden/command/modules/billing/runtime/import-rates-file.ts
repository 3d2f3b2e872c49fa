import { readFile } from "node:fs/promises";
import { Result } from "@phasewise/runtime";

/**
 * Reads the lines of a file: put the I/O of the command in place of that.
 * @returns `FILE_UNREADABLE` when it cannot be read.
 */
export async function readImportRatesFile(
  path: string,
  signal: AbortSignal = AbortSignal.timeout(10_000),
): Promise<Result<readonly string[], "FILE_UNREADABLE">> {
  const text = await Result.attempt("FILE_UNREADABLE", () => readFile(path, { encoding: "utf8", signal }));
  return Result.map(text, (lines) => lines.split(/\r?\n/));
}
