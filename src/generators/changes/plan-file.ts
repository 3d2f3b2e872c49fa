import { createHash } from "node:crypto";
import { GeneratorError } from "../errors.js";
import { rejectTwins, rejectUnsafeNames } from "./new-paths.js";
import { resolveInside } from "./paths.js";
import type { Plan, Write } from "./plan.js";
import { readText } from "./text.js";

/** Where a plan belongs and where it comes from. */
export interface PlanOrigin {
  readonly generator: string;
  /** The version of the generator. */
  readonly version: string;
  /** The new workspace, relative to the folder that the plan is made and applied in; `null` for the one around it. */
  readonly folder: string | null;
  /** File that marks the workspace around the folder; `null` for one that depends on the runtime. */
  readonly workspaceFile: string | null;
  readonly nextSteps: readonly string[];
}

/** A plan written down: to be read, reviewed, and applied later. */
export interface PlanFile extends PlanOrigin {
  readonly format: typeof FORMAT;
  readonly changes: readonly PlannedChange[];
}

/** One file; `base` is the digest of the text that it must have, `null` for a file that must not exist. */
export interface PlannedChange {
  readonly path: string;
  readonly base: string | null;
  /** The text to be; `null` for a file to be removed. */
  readonly text: string | null;
}

const FORMAT = 1;

/** The text of a plan file. */
export function writePlanFile(origin: PlanOrigin, { writes }: Plan): string {
  const changes = writes
    .filter(({ before, after }) => before !== after)
    .map(({ path, before, after }) => ({ path, base: before === null ? null : digestOf(before), text: after }));
  const { generator, version, folder, workspaceFile, nextSteps } = origin;
  const file: PlanFile = { format: FORMAT, generator, version, folder, workspaceFile, nextSteps, changes };
  return `${JSON.stringify({ ...file, digest: digestOf(JSON.stringify(file)) }, null, 2)}\n`;
}

/** @throws GeneratorError `WRONG_USAGE` for a text that is no plan file, or was changed since it was written. */
export function readPlanFile(name: string, text: string): PlanFile {
  const { digest, ...file } = parse(name, text);
  if (file["format"] !== FORMAT)
    throw broken(
      name,
      `its format is ${JSON.stringify(file["format"])}, and this version of phasewise reads ${FORMAT}`,
    );
  if (!isPlanFile(file)) throw broken(name, "it lacks something, or has something of the wrong kind");
  if (digest !== digestOf(JSON.stringify(file))) throw broken(name, "it was changed after it was written, or cut off");
  return file;
}

/** The plan that a file means for a workspace; refused when a file that it touches is not as it was. */
export async function restorePlan({ changes }: PlanFile, root: string): Promise<Plan> {
  const added = changes.filter(({ base }) => base === null).map(({ path }) => path);
  rejectUnsafeNames(added);
  const writes = await Promise.all(changes.map((change) => restoreWrite(change, root)));
  await rejectTwins(root, added);
  const problems = changes.map((change, index) => findChange(change, writes[index]!));
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length === 0) return { root, writes };
  const why = `The workspace has changed since the plan was made: ${found.join("; ")}`;
  throw new GeneratorError("CONFLICT", `Nothing was written. ${why}. Make the plan again.`);
}

async function restoreWrite({ path, text }: PlannedChange, root: string): Promise<Write> {
  const target = await resolveInside(root, path);
  const before = await readText(target, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  return { path, target, before, after: text };
}

function findChange({ path, base }: PlannedChange, { before }: Write): string | undefined {
  if (base === null) return before === null ? undefined : `${path} exists now`;
  if (before === null) return `${path} is gone`;
  return digestOf(before) === base ? undefined : `${path} has another text`;
}

function parse(name: string, text: string): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    throw broken(name, `it is not JSON (${(cause as Error).message})`, cause);
  }
  throw broken(name, "it is not a JSON object");
}

function isPlanFile(file: Partial<Record<string, unknown>>): file is Partial<Record<string, unknown>> & PlanFile {
  const { generator, version, folder, workspaceFile, nextSteps, changes } = file;
  return (
    [generator, version].every(isText) &&
    [folder, workspaceFile].every(isTextOrNull) &&
    Array.isArray(nextSteps) &&
    nextSteps.every(isText) &&
    Array.isArray(changes) &&
    changes.every(isPlannedChange)
  );
}

function isPlannedChange(value: unknown): value is PlannedChange {
  if (typeof value !== "object" || value === null) return false;
  const { path, base, text } = value as Partial<Record<string, unknown>>;
  return isText(path) && isTextOrNull(base) && isTextOrNull(text) && (base !== null || text !== null);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function digestOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("hex")}`;
}

function broken(name: string, why: string, cause?: unknown): GeneratorError {
  const message = `${name} is no plan that can be applied: ${why}. Make it again with: phasewise create <kind> --plan ${name}`;
  return new GeneratorError("WRONG_USAGE", message, { cause });
}
