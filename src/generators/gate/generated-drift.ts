import { readFile } from "node:fs/promises";
import { sep } from "node:path";
import ignoreRules from "ignore";
import { resolveInside } from "../changes/paths.js";
import { readRecords } from "../records/read-records.js";
import type { RecordedFile } from "../records/record.js";
import type { Finding } from "./finding.js";
import { isWithin, type Targets } from "./targets.js";

/** What to look at; `ignore` as in `.gitignore`. */
export interface DriftRequest extends Targets {
  readonly ignore: readonly string[];
}

interface Generated extends RecordedFile {
  readonly after: string;
  /** The generation that made it. */
  readonly id: string;
}

/** The files that are fully generated, and differ from what is recorded. Files that were deleted do not count. */
export async function findDrift({ workspace, paths, ignore }: DriftRequest): Promise<Finding[]> {
  const left = ignoreRules().add([...ignore]);
  const isIncluded = (path: string) => ignoreRules.isPathValid(path) && !left.ignores(path);
  const records = await readRecords(workspace, (text) => text.includes('"generated"'));
  const files = records.flatMap(({ id, files }) => files.flatMap((file) => toGenerated(file, id)));
  const wanted = files.filter(({ path }) => isWithin(path.replaceAll("/", sep), paths) && isIncluded(path));
  const found = await Promise.all(wanted.map((file) => findDifference(workspace, file)));
  return found.flat();
}

function toGenerated({ after, ...file }: RecordedFile, id: string): Generated[] {
  return file.generated && after !== null ? [{ ...file, after, id }] : [];
}

async function findDifference(workspace: string, { path, after, id }: Generated): Promise<Finding[]> {
  const text = await resolveInside(workspace, path).then(
    (file) => readFile(file, "utf8").catch(() => undefined),
    () => undefined,
  );
  if (text === undefined) return [];
  const [lines, wanted] = [linesOf(text), linesOf(after)];
  if (lines.join("\n") === wanted.join("\n")) return [];
  const index = lines.findIndex((line, place) => line !== wanted[place]);
  const row = index === -1 ? lines.length - 1 : index;
  const line = lines[row] ?? "";
  const place = { file: path, line: row + 1, column: 1, endLine: row + 1, endColumn: line.length + 1 };
  const excerpt = { text: line, width: line.length };
  const message =
    `\`${path}\` is generated, and differs from what \`${id}\` has made. Take the change back, or change the template. ` +
    `To make the file your own, delete \`"generated": true\` from that record.`;
  return [{ rule: "generated-drift", severity: "warning", ...place, message, path: [], steps: [], excerpt }];
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r?\n/);
}
