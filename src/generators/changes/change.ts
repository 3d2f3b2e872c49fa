import type { Edit } from "../edits/edit.js";

/** A file that must not exist yet, from a template below `templates/`; one that ends in `.hbs` is rendered with `data`. */
export interface TemplateFile {
  readonly kind: "template";
  readonly path: string;
  readonly template: string;
  readonly data: TemplateData;
}

/** A JSON file that must not exist yet. */
export interface JsonFile {
  readonly kind: "json";
  readonly path: string;
  readonly value: unknown;
}

/** Edits of one existing file, made one after another. */
export interface FileEdit {
  readonly kind: "edit";
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** One thing a generator wants; paths are relative to the workspace, with `/`. Nothing happens until it is applied. */
export type Change = TemplateFile | JsonFile | FileEdit;

/** What a template may use. */
export type TemplateData = Readonly<Record<string, string | readonly string[]>>;

/** Creates a file from a template. */
export function createFile(path: string, template: string, data: TemplateData = {}): TemplateFile {
  return { kind: "template", path, template, data };
}

/** Creates a JSON file. */
export function createJsonFile(path: string, value: unknown): JsonFile {
  return { kind: "json", path, value };
}

/** Edits a file. */
export function editFile(path: string, ...edits: readonly Edit[]): FileEdit {
  return { kind: "edit", path, edits };
}
