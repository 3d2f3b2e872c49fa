import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { GeneratorError } from "../errors.js";
import { ourTemplates, type Templates } from "../templates.js";
import type { Change, FileEdit, NewFile } from "./change.js";
import { exists, resolveInside } from "./paths.js";

/** One file as it is and as it shall be. */
export interface Write {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** Its real, absolute place. */
  readonly target: string;
  /** The present text; `null` when the file is to be created. */
  readonly before: string | null;
  readonly after: string;
}

/** All writes that a list of changes comes down to, in its order. */
export interface Plan {
  readonly root: string;
  readonly writes: readonly Write[];
}

/**
 * Works out what changes mean for the workspace: templates rendered, edits made in memory, each path checked to be
 * inside and each new file to be new. Nothing is written; all collisions are named in one error.
 */
export async function resolvePlan(
  root: string,
  changes: readonly Change[],
  { templates = ourTemplates }: { templates?: Templates | undefined } = {},
): Promise<Plan> {
  const targets = await Promise.all(changes.map((change) => resolveInside(root, change.path)));
  await rejectCollisions(changes, targets);
  const writes = await Promise.all(changes.map((change, index) => resolveChange(change, targets[index]!, templates)));
  return { root, writes };
}

async function rejectCollisions(changes: readonly Change[], targets: readonly string[]): Promise<void> {
  const problems = await Promise.all(changes.map((change, index) => findCollision(change, targets[index]!)));
  const found = problems.filter((problem) => problem !== undefined);
  const keys = targets.map((target) => target.toLowerCase());
  const twice = changes.filter((_, index) => keys.indexOf(keys[index]!) !== index);
  found.push(...twice.map(({ path }) => `${path} would be written twice`));
  if (found.length > 0) throw new GeneratorError("CONFLICT", `Nothing was written: ${found.join("; ")}.`);
}

async function findCollision({ kind, path }: Change, target: string): Promise<string | undefined> {
  if (kind === "edit") return (await exists(target)) ? undefined : `${path} does not exist, so it cannot be edited`;
  if (await exists(target)) return `${path} exists already`;
  const ancestor = await nearestAncestor(dirname(target));
  return (await stat(ancestor)).isDirectory()
    ? undefined
    : `${path} needs a folder where there is the file ${ancestor}`;
}

async function nearestAncestor(folder: string): Promise<string> {
  return (await exists(folder)) ? folder : nearestAncestor(dirname(folder));
}

async function resolveChange(change: Change, target: string, templates: Templates): Promise<Write> {
  const { path } = change;
  if (change.kind !== "edit") return { path, target, before: null, after: await textOf(change, templates) };
  const before = await readFile(target, "utf8");
  return { path, target, before, after: await editedText(change, before) };
}

/** The text of a file that a change creates. */
export async function textOf(change: NewFile, templates: Templates): Promise<string> {
  if (change.kind === "text") return change.text;
  if (change.kind === "json") return `${JSON.stringify(change.value, null, 2)}\n`;
  return templates.read(change.template, change.data);
}

/** The text of a file after the edits of a change. */
export async function editedText({ path, edits }: FileEdit, before: string): Promise<string> {
  const { editText } = await import("../edits/edit-text.js");
  return editText(path, before, edits);
}
