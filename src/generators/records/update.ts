import { mergeTexts } from "../changes/merge.js";
import type { Plan } from "../changes/plan.js";
import type { Generator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import type { Project } from "../project.js";
import { version } from "../release.js";
import { type FindFile, createFinder } from "./find-moved.js";
import { type PresentFiles, openFiles } from "./present-files.js";
import { recordFile } from "./read-records.js";
import { type GenerationRecord, type RecordedFile, printRecord } from "./record.js";
import { type Rendering, renderAgain } from "./render-again.js";
import { isSameText } from "./same-text.js";

/** What is to be brought up to date. */
export interface UpdateRequest {
  readonly project: Project;
  /** All that is recorded. */
  readonly records: readonly GenerationRecord[];
  /** Those of them that are to be rendered again. */
  readonly chosen: readonly GenerationRecord[];
  findGenerator(name: string): Promise<Generator | undefined>;
}

/** What becomes of a workspace with today's templates; paths are where the files are today. */
export interface Updating {
  readonly plan: Plan;
  /** Changed by the templates, and merged where somebody else had changed them too. */
  readonly updated: readonly string[];
  readonly created: readonly string[];
  /** No longer generated, and as they were generated. */
  readonly removed: readonly string[];
  /** No longer generated, and changed since, so not deleted; or newly generated, and in the way of that. */
  readonly kept: readonly string[];
  /** Changed on both sides in the same lines: these stand between conflict markers. */
  readonly conflicts: readonly string[];
  /** Generations that could not be rendered, and why. */
  readonly failures: readonly { readonly id: string; readonly message: string }[];
}

interface Ground {
  readonly files: PresentFiles;
  readonly find: FindFile;
}

type Outcome = "updated" | "created" | "removed" | "kept" | "conflicts";

interface Updated {
  readonly path: string;
  readonly outcome: Outcome | undefined;
  /** What is to be recorded; `undefined` when the file belongs to the generation no more. */
  readonly file: RecordedFile | undefined;
}

/** Renders generations with today's templates, and merges what is new into what the files are today. Nothing is written. */
export async function planUpdate({ project, records, chosen, findGenerator }: UpdateRequest): Promise<Updating> {
  const ground = { files: openFiles(project.root), find: createFinder(project.root, records) };
  const failures: { id: string; message: string }[] = [];
  const all: Updated[] = [];
  for (const record of chosen.filter(({ undone }) => undone === undefined)) {
    const generator = await findGenerator(record.generator);
    try {
      all.push(...(await updateGeneration(record, generator, project, ground)));
    } catch (error) {
      if (!(error instanceof GeneratorError)) throw error;
      failures.push({ id: record.id, message: error.message });
    }
  }
  const pathsOf = (wanted: Outcome) => [
    ...new Set(all.filter(({ outcome }) => outcome === wanted).map(({ path }) => path)),
  ];
  const outcomes = { updated: pathsOf("updated"), created: pathsOf("created"), removed: pathsOf("removed") };
  const rest = { kept: pathsOf("kept"), conflicts: pathsOf("conflicts"), failures };
  return { plan: ground.files.plan(), ...outcomes, ...rest };
}

async function updateGeneration(
  record: GenerationRecord,
  generator: Generator | undefined,
  project: Project,
  ground: Ground,
): Promise<Updated[]> {
  const places = await Promise.all(record.files.map(ground.find));
  if (places.every((place) => place === undefined)) return [];
  if (generator === undefined) throw unknownGenerator(record);
  const drafts: Draft[] = [];
  for (const rendering of await renderAgain(record, generator, project))
    drafts.push(await render(rendering, record, ground));
  const updated: Updated[] = [];
  for (const draft of drafts) updated.push(await (draft.known ? updateFile(draft, ground) : addFile(draft, ground)));
  const left = record.files.filter(({ path }) => !drafts.some(({ rendering }) => rendering.path === path));
  for (const file of left) updated.push(await dropFile(file, ground));
  const files = updated.flatMap(({ file }) => file ?? []);
  const isChanged = files.length !== record.files.length || files.some((file) => !record.files.includes(file));
  if (isChanged) await ground.files.write(recordFile(record.id), await printRecord({ ...record, version, files }));
  return updated;
}

/** A file as today's templates make it: all of a generation is rendered before anything of it is written. */
interface Draft {
  readonly rendering: Rendering;
  readonly known: RecordedFile | undefined;
  /** `undefined` when it cannot be made, because a file is in its way or the one to edit is missing. */
  readonly after: string | undefined;
}

async function render(rendering: Rendering, record: GenerationRecord, { files }: Ground): Promise<Draft> {
  const known = record.files.find(({ path }) => path === rendering.path);
  if (known !== undefined) return { rendering, known, after: await rendering.render(known.before) };
  const present = (await files.read(rendering.path)) ?? null;
  const isPossible = rendering.isEdit === (present !== null);
  return { rendering, known, after: isPossible ? await rendering.render(present) : undefined };
}

async function updateFile({ known, after }: Draft, { files, find }: Ground): Promise<Updated> {
  const path = await find(known!);
  // What was merged into a file of somebody else has no base of its own.
  if (known!.after === null || known!.merged || isSameText(after!, known!.after))
    return { path: path ?? known!.path, outcome: undefined, file: known };
  const file = { ...known!, after: after! };
  const present = path === undefined ? undefined : await files.read(path);
  if (path === undefined || present === undefined) return { path: file.path, outcome: undefined, file };
  const labels = { ours: "yours", theirs: `phasewise ${version}` };
  const { text, conflicts } = await mergeTexts({ base: known!.after, ours: present, theirs: file.after }, labels);
  await files.write(path, text);
  return { path, outcome: conflicts > 0 ? "conflicts" : "updated", file };
}

/** A file that the templates have not made before: one that is in its place stays as it is. */
async function addFile({ rendering, after }: Draft, { files }: Ground): Promise<Updated> {
  const { path, isEdit, generated } = rendering;
  const before = (await files.read(path)) ?? null;
  if (after === undefined) return { path, outcome: "kept", file: undefined };
  if (after === before) return { path, outcome: undefined, file: undefined };
  await files.write(path, after);
  const file = { path, before, after, ...(generated && { generated }) };
  return { path, outcome: isEdit ? "updated" : "created", file };
}

/** A file that the templates make no more. */
async function dropFile(file: RecordedFile, { files, find }: Ground): Promise<Updated> {
  const path = await find(file);
  const present = path === undefined ? undefined : await files.read(path);
  if (path === undefined || present === undefined || file.before !== null || file.after === null)
    return { path: file.path, outcome: undefined, file: file.before === null ? undefined : file };
  const isUntouched = isSameText(present, file.after);
  if (isUntouched) await files.write(path, null);
  return { path, outcome: isUntouched ? "removed" : "kept", file: undefined };
}

function unknownGenerator({ generator }: GenerationRecord): GeneratorError {
  const remedy = "Bring it back, or delete the record.";
  return new GeneratorError("WRONG_USAGE", `There is no generator ${generator} any more. ${remedy}`);
}
