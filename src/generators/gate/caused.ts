import type { Finding } from "./finding.js";

/**
 * The findings that a change is answerable for: all in the files that it touches, and those elsewhere that are not there
 * without it, which a second check of the elsewhere tells. The rules themselves have followed the calls from file to file.
 */
export async function findCaused(
  findings: readonly Finding[],
  changed: ReadonlySet<string>,
  checkBase: (files: readonly string[]) => Promise<readonly Finding[]>,
): Promise<Finding[]> {
  const elsewhere = findings.filter(({ file }) => !changed.has(file));
  if (elsewhere.length === 0) return [...findings];
  const before = countPlaces(await checkBase([...new Set(elsewhere.map(({ file }) => file))]));
  return findings.filter((finding) => changed.has(finding.file) || !takeOne(before, placeOf(finding)));
}

function countPlaces(findings: readonly Finding[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const place of findings.map(placeOf)) amounts.set(place, (amounts.get(place) ?? 0) + 1);
  return amounts;
}

/** Where nothing has changed, places are the same before and after. */
function placeOf({ rule, file, line, column }: Finding): string {
  return JSON.stringify([rule, file, line, column]);
}

function takeOne(amounts: Map<string, number>, key: string): boolean {
  const amount = amounts.get(key) ?? 0;
  amounts.set(key, amount - 1);
  return amount > 0;
}
