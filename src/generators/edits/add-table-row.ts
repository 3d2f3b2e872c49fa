import type { Edit } from "./edit.js";
import { anchorMissing } from "./errors.js";

/**
 * Adds a row to the Markdown table whose first column has this heading, below its last one. Cells are filled up to the
 * width of their columns; where one is wider, the other rows stay as they are.
 */
export function addTableRow(heading: string, cells: readonly string[]): Edit {
  return (file) => {
    const table = findTable(file.text, heading);
    if (table === undefined) throw anchorMissing(file, `table whose first column is headed "${heading}"`);
    const lines = table.text.split("\n");
    if (lines.some((line) => cellsOf(line)[0] === cells[0])) return;
    const widths = cellsOf(lines[1] ?? "").map((dashes) => dashes.length);
    const padded = cells.map((cell, index) => cell.padEnd(widths[index] ?? 0));
    file.insert(table.start + table.text.length, `\n| ${padded.join(" | ")} |`);
  };
}

/** A table is lines that begin with a bar, the second one ruling off the first. */
function findTable(text: string, heading: string): { start: number; text: string } | undefined {
  const tables = [...text.matchAll(/^\|.*(?:\r?\n\|.*)+/gm)];
  const found = tables.find(([table]) => cellsOf(table)[0] === heading);
  return found && { start: found.index, text: found[0] };
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}
