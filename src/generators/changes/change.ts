import type { Edit } from "../edits/edit.js";

/** A file that must not exist yet, from a template below `templates/`; one that ends in `.hbs` is rendered with `data`. */
export interface TemplateFile {
  readonly kind: "template";
  readonly path: string;
  readonly template: string;
  readonly data: TemplateData;
  /** Nobody is to change the file: `phasewise check` reports when it differs from what was generated. */
  readonly generated?: true;
}

/** A JSON file that must not exist yet. */
export interface JsonFile {
  readonly kind: "json";
  readonly path: string;
  readonly value: unknown;
  readonly generated?: true;
}

/** A file that must not exist yet, with this very text. */
export interface TextFile {
  readonly kind: "text";
  readonly path: string;
  readonly text: string;
  readonly generated?: true;
}

/** The end of a file that exists. */
export interface FileRemoval {
  readonly kind: "remove";
  readonly path: string;
}

/** Edits of one existing file, made one after another. */
export interface FileEdit {
  readonly kind: "edit";
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** One thing a generator wants; paths are relative to the workspace, with `/`. Nothing happens until it is applied. */
export type Change = NewFile | FileEdit | FileRemoval;

/** A file that is to be made. */
export type NewFile = TemplateFile | JsonFile | TextFile;

/** What a template may use. */
export type TemplateData = Readonly<Record<string, string | readonly string[]>>;

/** What else is to be known of a new file. */
export interface FileMarks {
  readonly generated?: true;
}

/** Creates a file from a template. */
export function createFile(
  path: string,
  template: string,
  data: TemplateData = {},
  { generated }: FileMarks = {},
): TemplateFile {
  return { kind: "template", path, template, data, ...(generated && { generated }) };
}

/** Creates a JSON file. */
export function createJsonFile(path: string, value: unknown, { generated }: FileMarks = {}): JsonFile {
  return { kind: "json", path, value, ...(generated && { generated }) };
}

/** Creates a file with this very text. */
export function createTextFile(path: string, text: string, { generated }: FileMarks = {}): TextFile {
  return { kind: "text", path, text, ...(generated && { generated }) };
}

/** Removes a file, and the folders that are empty without it. */
export function removeFile(path: string): FileRemoval {
  return { kind: "remove", path };
}

/** Edits a file. */
export function editFile(path: string, ...edits: readonly Edit[]): FileEdit {
  return { kind: "edit", path, edits };
}
