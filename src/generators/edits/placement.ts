import type { Node } from "ts-morph";
import type { EditedFile } from "./edit.js";

/** Adds lines after a node and the comment that ends its line: below it, or beside it when the node begins no line. */
export function insertAfter(file: EditedFile, node: Node, lines: readonly string[]): void {
  const offset = endOfComments(file, node.getEnd());
  const isBeside = !beginsLine(node) && !/\/\/.*$/.test(file.source.getFullText().slice(node.getEnd(), offset));
  const place = (line: string) => (isBeside ? ` ${line}` : below(indentationOf(node), line));
  file.insert(offset, lines.map(place).join(""));
}

/** Adds lines before a node and the comments above it. */
export function insertBefore(file: EditedFile, node: Node, lines: readonly string[]): void {
  const separator = beginsLine(node) ? `\n${indentationOf(node)}` : " ";
  const start = node.getLeadingCommentRanges()[0]?.getPos() ?? node.getStart();
  const text = lines.map((line) => line + separator).join("");
  file.insert(start, text.replace(/\n[ \t]+(?=\n)/g, "\n"));
}

/**
 * Adds a property to an object on lines of its own, behind another one and with the comma that it needs. Where that one has
 * an empty line above, so has this one, if it is `spaced`.
 */
export function insertProperty(file: EditedFile, anchor: Node, property: string, spaced = false): void {
  const comma = anchor.getNextSiblingIfKind(file.morph.SyntaxKind.CommaToken);
  const space = spaced && hasEmptyLineAbove(anchor) ? "\n" : "";
  const line = `${space}\n${indentationOf(anchor)}${property}`;
  if (comma === undefined) file.insert(anchor.getEnd(), ",");
  file.insert(endOfComments(file, (comma ?? anchor).getEnd()), comma === undefined ? line : `${line},`);
}

/** Adds lines at the end of a pair of braces that holds nothing but comments, if that. */
export function fillBraces(file: EditedFile, node: Node, lines: readonly string[]): void {
  const close = node.getEnd() - 1;
  const outer = indentationOf(node);
  const contentEnd = file.source.getFullText().slice(0, close).trimEnd().length;
  const inner = outer + indentationUnit(file);
  const content = `${lines.map((line) => below(inner, line)).join("")}\n${outer}`;
  if (contentEnd === close) file.insert(close, content);
  else file.replace(contentEnd, close, content);
}

/** The offset behind the comments that follow an offset on its line. */
export function endOfComments({ source, morph }: EditedFile, offset: number): number {
  return morph.ts.getTrailingCommentRanges(source.getFullText(), offset)?.at(-1)?.end ?? offset;
}

/** The white space that begins the line of a node. */
export function indentationOf(node: Node): string {
  return /^[ \t]*/.exec(textOfLineBefore(node, node.getStart()))?.[0] ?? "";
}

/** One step of indentation, as the file's first indented line shows it. */
export function indentationUnit({ source }: EditedFile): string {
  return /^(?:\t| +)(?=[^\s*])/m.exec(source.getFullText())?.[0] ?? "  ";
}

/** True when nothing but white space is before a node on its line. */
export function beginsLine(node: Node): boolean {
  return textOfLineBefore(node, node.getStart()).trim() === "";
}

/** A line of its own; without white space where there is nothing on it. */
function below(indentation: string, line: string): string {
  return line === "" ? "\n" : `\n${indentation}${line}`;
}

function hasEmptyLineAbove(node: Node): boolean {
  const start = node.getLeadingCommentRanges()[0]?.getPos() ?? node.getStart();
  return /\n[ \t]*\r?\n[ \t]*$/.test(node.getSourceFile().getFullText().slice(0, start));
}

function textOfLineBefore(node: Node, offset: number): string {
  const text = node.getSourceFile().getFullText();
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
}
