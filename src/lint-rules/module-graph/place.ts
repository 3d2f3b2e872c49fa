import { relative } from "node:path/posix";
import type { Node, SourceFile } from "../type-checker/ast.js";
import type { Place } from "./facts.js";

/** Tells where nodes are, with paths relative to the workspace. */
export class Places {
  readonly #workspace: string;
  readonly #lineStarts = new WeakMap<SourceFile, readonly number[]>();

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  /** The path of a file relative to the workspace. */
  relate(fileName: string): string {
    return relative(this.#workspace, fileName);
  }

  find(node: Node): Place {
    const sourceFile = node.getSourceFile();
    const from = this.#locate(sourceFile, node.getStart());
    const to = this.#locate(sourceFile, node.end);
    const file = this.relate(sourceFile.fileName);
    return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  #locate(sourceFile: SourceFile, offset: number): { line: number; column: number } {
    const starts = this.#getLineStarts(sourceFile);
    let line = 0;
    for (let high = starts.length; high - line > 1;) {
      const middle = (line + high) >> 1;
      if (starts[middle]! <= offset) line = middle;
      else high = middle;
    }
    return { line: line + 1, column: offset - starts[line]! + 1 };
  }

  #getLineStarts(sourceFile: SourceFile): readonly number[] {
    let starts = this.#lineStarts.get(sourceFile);
    if (!starts) {
      const { text } = sourceFile;
      const breaks = [...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map(({ index, 0: found }) => index + found.length);
      starts = [text.startsWith("\uFEFF") ? 1 : 0, ...breaks];
      this.#lineStarts.set(sourceFile, starts);
    }
    return starts;
  }
}
