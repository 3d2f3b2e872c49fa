import type { Plan } from "../changes/plan.js";
import { mergeTexts } from "../changes/merge.js";
import { createFinder } from "./find-moved.js";
import { openFiles, type PresentFiles } from "./present-files.js";
import { recordFile } from "./read-records.js";
import { type GenerationRecord, type RecordedFile, printRecord } from "./record.js";
import { type ReplayGround, type Replayed, isEdited, replayLater } from "./replay.js";
import { isSameText } from "./same-text.js";

/** How a generation is to be taken back. */
export interface UndoRequest {
  readonly root: string;
  readonly records: readonly GenerationRecord[];
  /** One of these. */
  readonly record: GenerationRecord;
  /** Delete also what was changed since. */
  readonly force: boolean;
  /** With it, later edits of the same lines are made again as they would be without the generation. */
  readonly replay?: ReplayGround;
}

/** A generation that is taken back, file by file; paths are where the files are today. */
export interface Undoing {
  readonly plan: Plan;
  readonly removed: readonly string[];
  readonly edited: readonly string[];
  readonly restored: readonly string[];
  /** Created by the generation and changed since, so not deleted. */
  readonly kept: readonly string[];
  /** Edited by the generation, and then by somebody else in the same lines: these stand between conflict markers. */
  readonly conflicts: readonly string[];
  /** Not there any more. */
  readonly gone: readonly string[];
}

type Outcome = Exclude<keyof Undoing, "plan">;

/** Works out how to take back a generation and to keep what was changed since. Nothing is written. */
export async function planUndo({ root, records, record, force, replay }: UndoRequest): Promise<Undoing> {
  const files = openFiles(root);
  const find = createFinder(root, records);
  const outcomes: { readonly outcome: Outcome; readonly path: string; readonly file: RecordedFile }[] = [];
  const later = records.slice(records.findIndex(({ id }) => id === record.id) + 1);
  const changed = new Map<string, GenerationRecord>();
  for (const file of record.files) {
    const found = await find(file);
    const path = found ?? file.path;
    const replayed = replay && isEdited(file) ? await replayLater(file, later, replay) : undefined;
    outcomes.push({ outcome: await undoFile(files, file, { path, force, replayed }, record), path, file });
    for (const { record, file } of replayed ?? [])
      changed.set(record.id, withFile(changed.get(record.id) ?? record, file));
  }
  for (const record of changed.values()) await files.write(recordFile(record.id), await printRecord(record));
  const left = outcomes.filter(({ outcome }) => outcome === "kept").map(({ file }) => file);
  const rest = left.length > 0 ? await printRecord({ ...record, files: left, undone: true }) : null;
  await files.write(recordFile(record.id), rest);
  const pathsOf = (wanted: Outcome) => outcomes.filter(({ outcome }) => outcome === wanted).map(({ path }) => path);
  return {
    plan: files.plan(),
    removed: pathsOf("removed"),
    edited: pathsOf("edited"),
    restored: pathsOf("restored"),
    kept: pathsOf("kept"),
    conflicts: pathsOf("conflicts"),
    gone: pathsOf("gone"),
  };
}

interface UndoOptions {
  readonly path: string;
  readonly force: boolean;
  readonly replayed?: readonly Replayed[] | undefined;
}

function withFile(record: GenerationRecord, file: RecordedFile): GenerationRecord {
  return { ...record, files: record.files.map((other) => (other.path === file.path ? file : other)) };
}

async function undoFile(
  files: PresentFiles,
  { path: planned, before, after }: RecordedFile,
  { path, force, replayed = [] }: UndoOptions,
  { id }: GenerationRecord,
): Promise<Outcome> {
  const present = await files.read(path);
  if (after === null) {
    if (present !== undefined) return "kept";
    await files.write(path, before);
    return "restored";
  }
  if (present === undefined) return "gone";
  if (before === null) {
    if (!force && !isSameText(present, after)) return "kept";
    await files.write(path, null);
    return "removed";
  }
  const labels = { ours: "yours", theirs: `before ${id}` };
  const last = replayed.at(-1);
  const base = last?.record.files.find((file) => file.path === planned)?.after ?? after;
  const theirs = last?.file.after ?? before;
  const { text, conflicts } = await mergeTexts({ base, ours: present, theirs }, labels);
  await files.write(path, text);
  return conflicts > 0 ? "conflicts" : "edited";
}
