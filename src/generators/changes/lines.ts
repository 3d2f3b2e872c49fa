export type LineEnd = "\n" | "\r\n";

/** A line and how it ends; the last one of a file may have no end. */
export interface Line {
  readonly text: string;
  readonly end: LineEnd | "";
}

const MARK = "\uFEFF";

/** The lines of a text; none for an empty one. A byte order mark belongs to none of them. */
export function splitLines(text: string): Line[] {
  return [...text.slice(markOf(text).length).matchAll(/([^\n]*?)(\r?\n|$)/g)]
    .map(([, line = "", end = ""]) => ({ text: line, end: end as Line["end"] }))
    .filter(({ text: line, end }) => line !== "" || end !== "");
}

/** The byte order mark of a text, where it has one. */
export function markOf(text: string): string {
  return text.startsWith(MARK) ? MARK : "";
}

/** The line end that most lines of a text have. */
export function lineEndOf(text: string): LineEnd {
  const all = text.match(/\n/g)?.length ?? 0;
  const windows = text.match(/\r\n/g)?.length ?? 0;
  return windows * 2 > all ? "\r\n" : "\n";
}

/** A text with the byte order mark and the line ends of another one, where that has any. */
export function withFormOf(text: string, like: string): string {
  const body = markOf(like) + text.slice(markOf(text).length);
  return like.includes("\n") ? body.replaceAll(/\r?\n/g, lineEndOf(like)) : body;
}

/** The text of lines; a missing end between two of them is filled in, and the last one has an end or none. */
export function joinLines(
  lines: readonly Line[],
  { lineEnd, isClosed }: { readonly lineEnd: LineEnd; readonly isClosed: boolean },
): string {
  const text = lines.map(({ text, end }) => text + (end || lineEnd)).join("");
  return isClosed ? text : text.replace(/\r?\n$/, "");
}
