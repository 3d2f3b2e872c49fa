import { mergeTexts } from "../changes/merge.js";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import type { Project } from "../project.js";
import type { GenerationRecord, RecordedFile } from "./record.js";
import { renderAgain } from "./render-again.js";

/** What the edits of later generations are made with again. */
export interface ReplayGround {
  readonly project: Project;
  findGenerator(name: string): Promise<Generator | undefined>;
}

/** An edit of a later generation, as it would have been without the one that is taken back. */
export interface Replayed {
  readonly record: GenerationRecord;
  readonly file: RecordedFile & { readonly before: string; readonly after: string };
}

type EditedFile = Replayed["file"];

/**
 * Makes the edits that later generations have made in a file once more, on the text before an earlier one. `undefined` when
 * that cannot be known: the templates are others by now, or a user has changed the same lines in between.
 */
export async function replayLater(
  edited: EditedFile,
  later: readonly GenerationRecord[],
  ground: ReplayGround,
): Promise<Replayed[] | undefined> {
  const replayed: Replayed[] = [];
  let [without, present] = [edited.before, edited.after];
  for (const record of later) {
    const file = record.files.find(({ path }) => path === edited.path);
    if (file === undefined) continue;
    if (!isEdited(file)) return undefined;
    const merged = await mergeTexts({ base: present, ours: file.before, theirs: without }, labels);
    const render = merged.conflicts > 0 ? undefined : await openEdit(record, file, ground);
    const after = await render?.(merged.text);
    if (after === undefined) return undefined;
    replayed.push({ record, file: { ...file, before: merged.text, after } });
    [without, present] = [after, file.after];
  }
  return replayed;
}

const labels = { ours: "later", theirs: "before" };

/** True for a file that was there before, and of which the text is all known. */
export function isEdited(file: RecordedFile): file is EditedFile {
  return file.before !== null && file.after !== null && !file.merged;
}

/** The edit of a generation, if today's templates still make the recorded one. */
async function openEdit(
  record: GenerationRecord,
  { path, before, after }: EditedFile,
  { project, findGenerator }: ReplayGround,
): Promise<((text: string) => Promise<string | undefined>) | undefined> {
  const generator = await findGenerator(record.generator);
  if (generator === undefined) return undefined;
  const renderings = await orUndefined(renderAgain(record, generator, project));
  const edit = renderings?.find((rendering) => rendering.path === path && rendering.isEdit);
  if (edit === undefined || (await orUndefined(edit.render(before))) !== after) return undefined;
  return (text) => orUndefined(edit.render(text));
}

/** An anchor or a module that is not there is a reason not to know. */
async function orUndefined<Value>(value: Promise<Value>): Promise<Value | undefined> {
  return value.catch((error: unknown) => {
    if (error instanceof GeneratorError) return undefined;
    throw error;
  });
}
