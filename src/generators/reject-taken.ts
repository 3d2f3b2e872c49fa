import type { Generator } from "./define-generator.js";
import { GeneratorError } from "./errors.js";
import type { Project } from "./project.js";
import type { Answers, Questions } from "./questions/question.js";

/** Throws `CONFLICT` where a generator says that what it would make is there. */
export async function rejectTaken<Q extends Questions>(
  { findTaken }: Generator<Q>,
  answers: Answers<Q>,
  project: Project,
): Promise<void> {
  const taken = await findTaken?.(answers, project);
  if (taken === undefined) return;
  const remedy = "To have its files kept, replaced or merged: --on-conflict skip, overwrite or merge.";
  throw new GeneratorError("CONFLICT", `${taken} ${remedy}`);
}
