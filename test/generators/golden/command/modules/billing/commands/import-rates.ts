import type { Result } from "@phasewise/runtime";
import { importRates } from "../operations/import-rates.js";
import { readImportRatesFile } from "../runtime/import-rates-file.js";

/**
 * Reads a file, and hands its lines to the operation: nothing is decided here.
 * @returns `FILE_UNREADABLE` when the file cannot be read, `NOTHING_LEFT` when there is nothing in it.
 */
export async function importRatesCommand(
  path: string,
  signal?: AbortSignal,
): Promise<Result<readonly string[], "FILE_UNREADABLE" | "NOTHING_LEFT">> {
  const lines = await readImportRatesFile(path, signal);
  return lines.success ? importRates(lines.data) : lines;
}
