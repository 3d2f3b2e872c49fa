import { GeneratorError } from "../errors.js";
import { mergeTexts } from "./merge.js";

/** A file that is to be made, and is there already, perhaps with the very same text. */
export interface Conflict {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly present: string;
  readonly wanted: string;
  /** The text that a generator once gave it, where that is known. */
  readonly base?: string | undefined;
}

/** What becomes of a conflict: the present file stays, the new one takes its place, both are merged, or all is called off. */
export const resolutions = ["skip", "overwrite", "merge", "abort"] as const;

export type Resolution = (typeof resolutions)[number];

/** Decides conflicts, one after another, before anything is written. */
export type Arbiter = (conflict: Conflict) => Promise<Resolution>;

/** Decides all conflicts alike. */
export function alwaysResolve(resolution: Resolution): Arbiter {
  return () => Promise.resolve(resolution);
}

/** How a conflict was settled. */
export interface Settlement {
  readonly resolution: Resolution;
  /** The text that the file shall have. */
  readonly after: string;
  /** The number of places between conflict markers. */
  readonly markers: number;
}

/** The text that a conflict comes down to; `undefined` when all is called off. */
export async function settleConflict(conflict: Conflict, arbiter: Arbiter): Promise<Settlement | undefined> {
  const { path, present, wanted, base } = conflict;
  const resolution = await arbiter(conflict);
  if (resolution === "abort") return undefined;
  if (resolution !== "merge") return { resolution, after: resolution === "skip" ? present : wanted, markers: 0 };
  const { text, conflicts } = await mergeTexts({ base, ours: present, theirs: wanted }, { ours: path, theirs: "new" });
  return { resolution, after: text, markers: conflicts };
}

/** The error for conflicts that called a run off. */
export function conflictError(problems: readonly string[]): GeneratorError {
  return new GeneratorError("CONFLICT", `Nothing was written: ${problems.join("; ")}.`);
}
