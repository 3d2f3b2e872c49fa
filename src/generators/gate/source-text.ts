const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;

interface Line {
  /** Offset of the line's first byte in the file. */
  readonly start: number;
  readonly text: string;
}

/** Translates a file's byte offsets, a byte order mark counted, into lines and columns as editors count them. */
export class SourceText {
  readonly #bytes: Buffer;
  readonly #lines: readonly Line[];

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#lines = splitLines(bytes);
  }

  /** Line and column from 1, the column in UTF-16 units; an offset behind the end means the end. */
  locate(offset: number): { line: number; column: number } {
    const index = this.#lines.findLastIndex(({ start }) => start <= offset);
    const start = this.#lines[index]?.start ?? 0;
    return { line: Math.max(index, 0) + 1, column: this.#measure(start, offset) + 1 };
  }

  /** The line on which a range of bytes begins, and the range's width on it in UTF-16 units. */
  excerpt(offset: number, length: number): { text: string; width: number } {
    const { line, column } = this.locate(offset);
    const text = this.#lines[line - 1]?.text ?? "";
    return { text, width: Math.min(this.#measure(offset, offset + length), text.length - column + 1) };
  }

  #measure(from: number, to: number): number {
    return this.#bytes.toString("utf8", from, to).length;
  }
}

/** The offset of each line's first character, in UTF-16 units. */
export function findLineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(LINE_BREAK)].map((match) => match.index + match[0].length)];
}

function splitLines(bytes: Buffer): Line[] {
  const byteOrderMark = bytes.toString("utf8", 0, 3) === "\uFEFF" ? 3 : 0;
  const text = bytes.toString("utf8", byteOrderMark);
  const lines: Line[] = [];
  let start = byteOrderMark;
  let index = 0;
  for (const match of text.matchAll(LINE_BREAK)) {
    const line = text.slice(index, match.index);
    lines.push({ start, text: line });
    start += Buffer.byteLength(line) + Buffer.byteLength(match[0]);
    index = match.index + match[0].length;
  }
  return [...lines, { start, text: text.slice(index) }];
}
