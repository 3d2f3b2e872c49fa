import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RulePage, Step } from "./finding.js";

/** What the plugin tells beside oxlint's report, which has no room for it. */
export interface Notes {
  readonly rules: readonly RulePage[];
  readonly ways: readonly NotedWay[];
  /** Own time of each rule, of the native checker and of the call graph in one process; empty unless asked for. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** The way of a finding; files are absolute, with the separators of the system. */
export interface NotedWay {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly steps: readonly Step[];
}

/** A file in a private folder that one process of the plugin writes to; removed at the end of its scope. */
export interface NotesFile extends AsyncDisposable {
  readonly path: string;
  read(): Promise<Notes>;
  /** How many files the process has begun to lint so far. */
  countFiles(): Promise<number>;
}

/** One line of the file, as `gate-notes.ts` of the plugin declares it. */
type Note =
  | ({ readonly kind: "rule" } & RulePage)
  | ({ readonly kind: "way" } & NotedWay)
  | { readonly kind: "progress"; readonly files: number }
  | { readonly kind: "times"; readonly milliseconds: Readonly<Record<string, number>> };

export async function createNotesFile(): Promise<NotesFile> {
  const folder = await mkdtemp(join(tmpdir(), "phasewise-"));
  const path = join(folder, "notes.jsonl");
  return {
    path,
    read: async () => sort(await readNotes(path)),
    countFiles: async () => (await readNotes(path)).findLast((note) => note.kind === "progress")?.files ?? 0,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** An older plugin writes no file. Where a process was ended, the last line may be cut off. */
async function readNotes(path: string): Promise<Note[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Note);
}

function sort(notes: readonly Note[]): Notes {
  return {
    rules: notes.filter((note) => note.kind === "rule"),
    ways: notes.filter((note) => note.kind === "way"),
    milliseconds: notes.findLast((note) => note.kind === "times")?.milliseconds ?? {},
  };
}
