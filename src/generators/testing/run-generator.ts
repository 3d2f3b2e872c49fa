import type { Change } from "../changes/change.js";
import { editedText, textOf, type Write } from "../changes/plan.js";
import { previewPlan } from "../changes/preview.js";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { checkAnswers } from "../questions/check-answers.js";
import type { Answers, Questions } from "../questions/question.js";
import { rejectTaken } from "../reject-taken.js";
import { openTemplates, type Templates } from "../templates.js";
import { memoryProject, MEMORY_ROOT, type Files } from "./memory-project.js";

/** What a generator has made of some files. */
export interface GeneratorRun {
  /** All files after the run, by path. */
  readonly files: Files;
  /** The paths that were created or edited, in the order of the plan. */
  readonly changed: readonly string[];
  /** The run as a unified diff. */
  readonly diff: string;
  readonly nextSteps: readonly string[];
}

/**
 * Runs a generator in memory: answers checked, plan made, templates rendered, edits made. No file is read but its
 * templates, and none is written.
 *
 * @param options.files the workspace before the run, texts by path; empty unless told
 * @throws GeneratorError as a run of `phasewise create` would, such as `CONFLICT` for a file that exists already
 */
export async function runGenerator<Q extends Questions>(
  generator: Generator<Q>,
  answers: Answers<Q>,
  { files = {} }: { readonly files?: Files } = {},
): Promise<GeneratorRun> {
  checkAnswers(generator.questions, answers);
  const project = memoryProject(files);
  await rejectTaken(generator, answers, project);
  const changes = await generator.plan(answers, project);
  const templates = openTemplates(generator, MEMORY_ROOT);
  const writes: Write[] = [];
  for (const change of changes) writes.push(await writeOf(change, { files, templates, writes }));
  const after = Object.entries({ ...files, ...Object.fromEntries(writes.map(({ path, after }) => [path, after])) });
  return {
    files: Object.fromEntries(after.filter((entry): entry is [string, string] => entry[1] !== null)),
    changed: writes.filter(({ before, after }) => before !== after).map(({ path }) => path),
    diff: await previewPlan({ root: MEMORY_ROOT, writes }),
    nextSteps: generator.nextSteps(answers),
  };
}

interface Ground {
  readonly files: Files;
  readonly templates: Templates;
  /** Those of the changes before. */
  readonly writes: readonly Write[];
}

async function writeOf(change: Change, { files, templates, writes }: Ground): Promise<Write> {
  const { path } = change;
  const place = { path, target: `${MEMORY_ROOT}/${path}` };
  if (writes.some((write) => write.path === path)) throw conflict(`${path} would be written twice`);
  const before = files[path];
  if (change.kind !== "edit" && change.kind !== "remove") {
    if (before !== undefined) throw conflict(`${path} exists already`);
    return { ...place, before: null, after: await textOf(change, templates) };
  }
  if (before === undefined) throw conflict(`${path} does not exist, so it cannot be changed`);
  return { ...place, before, after: change.kind === "edit" ? await editedText(change, before) : null };
}

function conflict(problem: string): GeneratorError {
  return new GeneratorError("CONFLICT", `Nothing was written: ${problem}.`);
}
