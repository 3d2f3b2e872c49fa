/** The texts of a merge: what a file is, and what it shall be; `base` is what both were made from, where that is known. */
export interface MergeTexts {
  readonly base?: string | undefined;
  readonly ours: string;
  readonly theirs: string;
}

/** What the sides are called beside conflict markers. */
export interface MergeLabels {
  readonly ours: string;
  readonly theirs: string;
}

/** A merged text; what could not be merged stands in it between conflict markers. */
export interface Merged {
  readonly text: string;
  readonly conflicts: number;
}

/**
 * Merges two texts line by line, with the line ends and the byte order mark of `ours`. With a base, what one side
 * alone has changed is taken; without one, what differs is a conflict. Conflicts get the markers that git writes.
 */
export async function mergeTexts(texts: MergeTexts, labels: MergeLabels): Promise<Merged> {
  const { ours, theirs, base } = texts;
  const [our, their, common] = [toLines(ours), toLines(theirs), base === undefined ? undefined : toLines(base)];
  const hunks = await findHunks(our.lines, their.lines, common?.lines);
  const lines = hunks.flatMap((hunk) => ("ok" in hunk ? hunk.ok : marked(hunk, labels)));
  const conflicts = hunks.filter((hunk) => !("ok" in hunk)).length;
  const isEnded = endsInConflict(hunks) || mergedEnd(our.isEnded, their.isEnded, common?.isEnded);
  const text = lines.join("\n") + (isEnded && lines.length > 0 ? "\n" : "");
  return { text: our.mark + (our.isCrlf ? text.replaceAll("\n", "\r\n") : text), conflicts };
}

type Hunk = { readonly ok: readonly string[] } | Conflict;

interface Conflict {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

async function findHunks(ours: string[], theirs: string[], base: string[] | undefined): Promise<Hunk[]> {
  const { diff3Merge, diffComm } = await import("node-diff3");
  if (base === undefined) {
    const found = diffComm(ours, theirs);
    return found.map((part) => ("common" in part ? { ok: part.common } : { ours: part.buffer1, theirs: part.buffer2 }));
  }
  const found = diff3Merge(ours, base, theirs, { excludeFalseConflicts: true });
  return found.map(({ ok, conflict }) => (conflict ? { ours: conflict.a, theirs: conflict.b } : { ok: ok ?? [] }));
}

function marked({ ours, theirs }: Conflict, labels: MergeLabels): string[] {
  return [`<<<<<<< ${labels.ours}`, ...ours, "=======", ...theirs, `>>>>>>> ${labels.theirs}`];
}

function endsInConflict(hunks: readonly Hunk[]): boolean {
  const last = hunks.at(-1);
  return last !== undefined && !("ok" in last);
}

/** Whether the last line is ended: as the side says that has changed it. */
function mergedEnd(ours: boolean, theirs: boolean, base: boolean | undefined): boolean {
  if (base === undefined) return ours || theirs;
  return ours === base ? theirs : ours;
}

function toLines(text: string) {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const ends: readonly string[] = text.match(/\r?\n/g) ?? [];
  const isCrlf = ends.length > 0 && ends.every((end) => end === "\r\n");
  const isMixed = !isCrlf && ends.includes("\r\n");
  const body = isMixed ? text.slice(mark.length) : text.slice(mark.length).replaceAll("\r\n", "\n");
  const isEnded = body.endsWith("\n");
  const lines = body === "" ? [] : (isEnded ? body.slice(0, -1) : body).split("\n");
  return { mark, isCrlf, isEnded, lines };
}
