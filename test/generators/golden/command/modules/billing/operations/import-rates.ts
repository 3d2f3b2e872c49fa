import { Result } from "@phasewise/runtime";

/**
 * Sorts lines and leaves out blank ones, for example: put your logic in place of that. What needs I/O belongs into `runtime/`.
 * @returns `NOTHING_LEFT` when all lines are blank.
 */
export function importRates(lines: readonly string[]): Result<readonly string[], "NOTHING_LEFT"> {
  const kept = lines.map((line) => line.trim()).filter((line) => line !== "");
  if (kept.length === 0) return Result.error("NOTHING_LEFT", "All lines are blank.");
  return Result.success(kept.sort());
}
