import { GeneratorError } from "../errors.js";

/** What a generation has done to one file. */
export interface RecordedFile {
  /** As it was planned, relative to the workspace, with `/`. */
  readonly path: string;
  /** The text before; `null` when the file was created. */
  readonly before: string | null;
  /** The text that was written; `null` when the file was removed. */
  readonly after: string | null;
  /** The file is fully generated: `phasewise check` reports when it differs. */
  readonly generated?: true | undefined;
  /** The generated text was merged into a file that had been there. */
  readonly merged?: true | undefined;
}

/** What is remembered of a generation: enough to take it back, and to bring it up to date. */
export interface GenerationRecord {
  /** The name of its file without the ending: `0003-service-invoice-mailer-5f0c1b2a`. */
  readonly id: string;
  readonly generator: string;
  /** The release whose templates the texts are from. */
  readonly version: string;
  /** Without those that were not given; folders are relative to the workspace. */
  readonly answers: RecordedAnswers;
  /** Sorted by path. */
  readonly files: readonly RecordedFile[];
  /** Taken back but for these files, which somebody had changed. */
  readonly undone?: true | undefined;
}

export type RecordedAnswers = Readonly<Record<string, string | readonly string[]>>;

/** Lines of a text, from one on, that others took the place of. */
interface Replacement {
  readonly added: readonly string[];
  /** From 0. */
  readonly at: number;
  readonly removed: number;
}

/** One file in a record: the whole text of a new one, and what an edit has changed in another. */
interface StoredFile {
  readonly text?: readonly string[];
  readonly before?: readonly string[];
  readonly changes?: readonly Replacement[];
  readonly generated?: true;
  readonly merged?: true;
}

/** The text of a record's file: JSON with sorted keys, a line of it for each line of a text. */
export async function printRecord({ generator, version, answers, files, undone }: GenerationRecord): Promise<string> {
  const stored: [string, StoredFile][] = [];
  for (const file of files) stored.push([file.path, await toStored(file)]);
  const sorted = {
    answers: sortKeys(answers),
    files: sortKeys(Object.fromEntries(stored)),
    generator,
    undone,
    version,
  };
  return `${JSON.stringify(sorted, null, 1)}\n`;
}

async function toStored({ before, after, generated, merged }: RecordedFile): Promise<StoredFile> {
  const marks = { ...(generated && { generated }), ...(merged && { merged }) };
  if (before === null) return { ...marks, text: (after ?? "").split("\n") };
  if (after === null) return { before: before.split("\n"), ...marks };
  const { diffIndices } = await import("node-diff3");
  const lines = before.split("\n");
  const changes = diffIndices(lines, after.split("\n")).map(({ buffer1: [at, removed], buffer2Content: added }) => {
    return { added, at, removed };
  });
  return { before: lines, changes, ...marks };
}

/** Reads the text of a record's file; `file` is named when it cannot be understood. */
export function parseRecord(id: string, text: string, file: string): GenerationRecord {
  try {
    const { answers, files, generator, version, undone } = JSON.parse(text) as StoredRecord;
    const read = Object.entries(files).map(([path, stored]) => toRecorded(path, stored));
    if (typeof generator !== "string" || typeof version !== "string") throw new TypeError("generator, version");
    return { id, generator, version, answers: { ...answers }, files: read, ...(undone && { undone }) };
  } catch (cause) {
    const remedy = "Restore it from git, or delete it: its generation is then no longer known.";
    throw new GeneratorError("WRONG_USAGE", `${file} is not the record of a generation. ${remedy}`, { cause });
  }
}

interface StoredRecord extends Omit<GenerationRecord, "files" | "id"> {
  readonly files: Readonly<Record<string, StoredFile>>;
}

function toRecorded(path: string, { text, before, changes, generated, merged }: StoredFile): RecordedFile {
  const marks = { ...(generated && { generated }), ...(merged && { merged }) };
  if (text !== undefined) return { path, before: null, after: text.join("\n"), ...marks };
  if (before === undefined) throw new TypeError(path);
  const after = changes && replaceLines(before, changes).join("\n");
  return { path, before: before.join("\n"), after: after ?? null, ...marks };
}

function replaceLines(lines: readonly string[], changes: readonly Replacement[]): string[] {
  const replaced = [...lines];
  for (const { added, at, removed } of changes.toReversed()) replaced.splice(at, removed, ...added);
  return replaced;
}

function sortKeys<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
