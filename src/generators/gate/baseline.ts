import type { Baseline } from "./baseline-file.js";
import { type Fingerprint, fingerprintAll } from "./fingerprint.js";
import type { Finding } from "./finding.js";

/** Findings, compared with those that were accepted earlier. */
export interface Comparison {
  /** What the baseline does not know. */
  readonly fresh: readonly Finding[];
  /** How many findings the baseline knows. */
  readonly known: number;
  /** How many it knows that are there no more. */
  readonly gone: number;
  /** The baseline without what is gone. */
  readonly pruned: Baseline;
}

/** The baseline that accepts these findings. */
export async function createBaseline(workspace: string, findings: readonly Finding[]): Promise<Baseline> {
  const baseline = new Map<string, Map<string, number>>();
  for (const { file, key } of await fingerprintAll(workspace, findings)) add(baseline, file, key, 1);
  return baseline;
}

/**
 * Tells known findings from fresh ones. Of equal ones as many are known as the baseline counts. What it knows of a file
 * that `exists` no more is known wherever it turns up: files are moved.
 */
export async function compareWithBaseline(
  workspace: string,
  findings: readonly Finding[],
  baseline: Baseline,
  exists: (file: string) => Promise<boolean>,
): Promise<Comparison> {
  const left = copyAmounts(baseline);
  const pruned = new Map<string, Map<string, number>>();
  const prints = await fingerprintAll(workspace, findings);
  const unknown = findings
    .map((finding, index) => ({ finding, print: prints[index]! }))
    .filter(({ print }) => !takeFrom(print.file, print));
  const moved = await findMissing([...left.keys()], exists);
  const fresh = unknown
    .filter(({ print }) => !moved.some((file) => takeFrom(file, print)))
    .map(({ finding }) => finding);
  return { fresh, known: findings.length - fresh.length, gone: countAll(left), pruned };

  function takeFrom(file: string, print: Fingerprint): boolean {
    const amount = left.get(file)?.get(print.key) ?? 0;
    if (amount === 0) return false;
    add(left, file, print.key, -1);
    add(pruned, print.file, print.key, 1);
    return true;
  }
}

type Amounts = Map<string, Map<string, number>>;

function add(amounts: Amounts, file: string, key: string, amount: number): void {
  const own = amounts.get(file) ?? new Map<string, number>();
  amounts.set(file, own.set(key, (own.get(key) ?? 0) + amount));
}

function copyAmounts(baseline: Baseline): Amounts {
  return new Map([...baseline].map(([file, amounts]) => [file, new Map(amounts)]));
}

function countAll(amounts: Amounts): number {
  return [...amounts.values()].flatMap((own) => [...own.values()]).reduce((sum, amount) => sum + amount, 0);
}

async function findMissing(files: readonly string[], exists: (file: string) => Promise<boolean>): Promise<string[]> {
  const found = await Promise.all(files.map(exists));
  return files.filter((_, index) => !found[index]);
}
