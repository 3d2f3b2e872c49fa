import type * as morph from "ts-morph";

/** A file while it is edited: its text, its syntax if it is TypeScript, and two ways to splice it. */
export interface EditedFile {
  /** For messages: relative to the workspace. */
  readonly path: string;
  readonly text: string;
  /** Parsed when it is asked for. */
  readonly source: morph.SourceFile;
  /** The syntax library, handed over because it is loaded only when there is something to edit. */
  readonly morph: typeof morph;
  /** Adds text before an offset of `text`; its line ends become those of the file. */
  insert(offset: number, text: string): void;
  /** Puts text in the place of a range of `text`; its line ends become those of the file. */
  replace(start: number, end: number, text: string): void;
}

/**
 * One edit of existing code. Making it twice is the same as making it once; nothing but its own lines changes; and it
 * throws `ANCHOR_MISSING` when the code it belongs beside is not there.
 */
export type Edit = (file: EditedFile) => void;
