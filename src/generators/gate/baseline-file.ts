import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { applyPlan } from "../changes/apply.js";
import { resolveInside } from "../changes/paths.js";
import { recover } from "../changes/recover.js";
import { GeneratorError } from "../errors.js";

/** How many findings of each fingerprint are accepted, by file and key. */
export type Baseline = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const DEFAULT_BASELINE = "phasewise-baseline.json";

const VERSION = 1;

/** Reads a baseline, its path relative to the workspace; `undefined` when there is none. */
export async function readBaseline(workspace: string, path: string): Promise<Baseline | undefined> {
  const text = await readText(workspace, path);
  return text === undefined ? undefined : parseBaseline(text, path);
}

/** Writes a baseline whole or not at all: sorted, a line for each fingerprint, so that git can merge it. */
export async function writeBaseline(workspace: string, path: string, baseline: Baseline): Promise<void> {
  const target = await findPlace(workspace, path);
  await recover(workspace);
  const before = (await readText(workspace, path)) ?? null;
  await applyPlan({ root: workspace, writes: [{ path, target, before, after: printBaseline(baseline) }] });
}

function printBaseline(baseline: Baseline): string {
  const files = sortedEntries(baseline).filter(([, amounts]) => amounts.size > 0);
  const findings = files.map(([file, amounts]) => [file, Object.fromEntries(sortedEntries(amounts))]);
  return `${JSON.stringify({ version: VERSION, findings: Object.fromEntries(findings) }, null, 2)}\n`;
}

function sortedEntries<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function parseBaseline(text: string, path: string): Baseline {
  const { version, findings } = parseObject(text, path);
  if (version !== VERSION) throw corrupt(path, `its version is ${JSON.stringify(version)}, not ${VERSION}`);
  return new Map(
    entriesOf(findings, path).map(([file, amounts]) => [file, new Map(entriesOf(amounts, path).map(checkAmount))]),
  );

  function checkAmount([key, amount]: [string, unknown]): [string, number] {
    if (Number.isInteger(amount) && Number(amount) > 0) return [key, Number(amount)];
    throw corrupt(path, `${JSON.stringify(key)} has the amount ${JSON.stringify(amount)}`);
  }
}

function parseObject(text: string, path: string): { readonly version?: unknown; readonly findings?: unknown } {
  try {
    return Object.fromEntries(entriesOf(JSON.parse(text), path));
  } catch (cause) {
    if (cause instanceof GeneratorError) throw cause;
    const isConflict = /^(?:<<<<<<<|=======|>>>>>>>)/m.test(text);
    throw corrupt(path, isConflict ? "it has conflict markers of git" : (cause as Error).message, cause);
  }
}

function entriesOf(value: unknown, path: string): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw corrupt(path, `${JSON.stringify(value) ?? "nothing"} stands where an object is expected`);
}

function corrupt(path: string, problem: string, cause?: unknown): GeneratorError {
  const remedy = "Take it back from git, or write it anew with `phasewise check --baseline`.";
  return new GeneratorError("WRONG_USAGE", `${path} is no baseline that can be read: ${problem}. ${remedy}`, { cause });
}

async function readText(workspace: string, path: string): Promise<string | undefined> {
  await findPlace(workspace, path);
  return readFile(join(workspace, path), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw corrupt(path, error.message, error);
  });
}

async function findPlace(workspace: string, path: string): Promise<string> {
  return resolveInside(workspace, path).catch((cause: Error) => {
    throw new GeneratorError("WRONG_USAGE", `${cause.message} Give --baseline-file a path in the workspace.`, {
      cause,
    });
  });
}
