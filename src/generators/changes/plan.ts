import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { ourTemplates, type Templates } from "../templates.js";
import type { Change, FileEdit, NewFile } from "./change.js";
import { alwaysResolve, conflictError, settleConflict, type Arbiter, type Resolution } from "./conflict.js";
import { rejectTwins, rejectUnsafeNames } from "./new-paths.js";
import { exists, resolveInside } from "./paths.js";
import { readText } from "./text.js";

/** One file as it is and as it shall be. */
export interface Write {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** Its real, absolute place. */
  readonly target: string;
  /** The present text; `null` when the file is to be created. */
  readonly before: string | null;
  /** The text to be; `null` when the file is to be removed. */
  readonly after: string | null;
  /** How it was settled that there is a file already where one was to be made. */
  readonly resolution?: Resolution;
  /** The number of places between conflict markers that are left to the user. */
  readonly markers?: number;
}

/** All writes that a list of changes comes down to, in its order. */
export interface Plan {
  readonly root: string;
  readonly writes: readonly Write[];
}

/** The text of a new file, laid out as the workspace has it. */
export type Format = (path: string, text: string) => Promise<string>;

/** How the files that are in the way of a plan are dealt with, and where templates are from. */
export interface Settling {
  /** Ours unless told. */
  readonly templates?: Templates | undefined;
  /** Gives a new file the layout of the workspace; one that is given as text stays as it is. */
  readonly format?: Format | undefined;
  /** Without one, a file in the way is an error. */
  readonly arbiter?: Arbiter | undefined;
  /** The text that a generator once gave a file, where that is known: what a merge starts from. */
  readonly baseOf?: ((path: string) => Promise<string | undefined>) | undefined;
}

/**
 * Works out what changes mean for the workspace: templates rendered, edits made in memory, each path checked to be
 * inside, and what is in the way settled. Nothing is written; all that calls the plan off is named in one error.
 */
export async function resolvePlan(root: string, changes: readonly Change[], settling: Settling = {}): Promise<Plan> {
  rejectUnsafeNames(changes.filter(isNew).map(({ path }) => path));
  const targets = await Promise.all(changes.map((change) => resolveInside(root, change.path)));
  const problems = await Promise.all(changes.map((change, index) => findProblem(change, index, targets)));
  const possible = changes.filter((change, index) => isNew(change) && problems[index] === undefined);
  await rejectTwins(
    root,
    possible.map(({ path }) => path),
  );
  const drafts = await Promise.all(
    changes.map((change, index) =>
      problems[index] === undefined ? draftOf(change, targets[index]!, settling) : undefined,
    ),
  );
  // Nobody is asked about a plan that cannot be made.
  const asked = problems.every((problem) => problem === undefined) ? settling : {};
  const writes: Write[] = [];
  for (const [index, draft] of drafts.entries()) {
    const settled = draft && (await settleDraft(draft, asked));
    if (settled !== undefined) writes.push(settled);
    else problems[index] ??= `${changes[index]!.path} exists already`;
  }
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw conflictError(found);
  return { root, writes };
}

function isNew({ kind }: Change): boolean {
  return kind !== "edit" && kind !== "remove";
}

async function findProblem(change: Change, index: number, targets: readonly string[]): Promise<string | undefined> {
  const keys = targets.map((target) => target.toLowerCase());
  if (keys.indexOf(keys[index]!) !== index) return `${change.path} would be written twice`;
  return findCollision(change, targets[index]!);
}

const verbs = { edit: "edited", remove: "removed" } as const;

async function findCollision({ kind, path }: Change, target: string): Promise<string | undefined> {
  const present = await stat(target).catch(() => undefined);
  if (kind === "edit" || kind === "remove") {
    if (present === undefined) return `${path} does not exist, so it cannot be ${verbs[kind]}`;
    return present.isFile() ? undefined : `${path} is no file, so it cannot be ${verbs[kind]}`;
  }
  if (present !== undefined) return present.isFile() ? undefined : `${path} exists already, and is no file`;
  const ancestor = await nearestAncestor(dirname(target));
  return (await stat(ancestor)).isDirectory()
    ? undefined
    : `${path} needs a folder where there is the file ${ancestor}`;
}

async function nearestAncestor(folder: string): Promise<string> {
  return (await exists(folder)) ? folder : nearestAncestor(dirname(folder));
}

/** A change before it is settled what becomes of a file in its way. */
interface Draft extends Write {
  readonly isNew: boolean;
}

async function draftOf(change: Change, target: string, settling: Settling): Promise<Draft> {
  const { path, kind } = change;
  const before = (await exists(target)) ? await readText(target, path) : null;
  if (kind === "remove") return { isNew: false, path, target, before, after: null };
  return { isNew: kind !== "edit", path, target, before, after: await textAfter(change, before, settling) };
}

/** The text of a file that is to be made, laid out as the workspace has it, or of one with `before` in it after its edits. */
export async function textAfter(
  change: NewFile | FileEdit,
  before: string | null,
  { templates, format }: Pick<Settling, "templates" | "format">,
): Promise<string> {
  if (change.kind === "edit") return editedText(change, before ?? "");
  const text = await textOf(change, templates);
  return change.kind === "text" ? text : ((await format?.(change.path, text)) ?? text);
}

/** The text of a file that a change creates. */
export async function textOf(change: NewFile, templates: Templates = ourTemplates): Promise<string> {
  if (change.kind === "text") return change.text;
  if (change.kind === "json") return `${JSON.stringify(change.value, null, 2)}\n`;
  return templates.read(change.template, change.data);
}

/** The text of a file after the edits of a change. */
export async function editedText({ path, edits }: FileEdit, before: string): Promise<string> {
  const { editText } = await import("../edits/edit-text.js");
  return editText(path, before, edits);
}

async function settleDraft({ isNew, ...write }: Draft, settling: Settling): Promise<Write | undefined> {
  const { arbiter = alwaysResolve("abort"), baseOf } = settling;
  const { path, before, after } = write;
  if (!isNew || before === null || after === null) return write;
  const settled = await settleConflict({ path, present: before, wanted: after, base: await baseOf?.(path) }, arbiter);
  return settled && { ...write, ...settled };
}
