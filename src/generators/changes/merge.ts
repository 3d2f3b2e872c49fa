import { type Line, type LineEnd, joinLines, lineEndOf, markOf, splitLines, withFormOf } from "./lines.js";

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
 * Merges two texts line by line, with the line ends and the byte order mark of `ours`. With a base, changes of different
 * lines both count, also of neighbouring ones, and the same lines changed differently are a conflict; without one, what
 * differs is. Conflicts get the markers that git writes.
 */
export async function mergeTexts({ ours, base, theirs }: MergeTexts, labels: MergeLabels): Promise<Merged> {
  const [a, b] = [splitLines(ours), splitLines(theirs)];
  const o = base === undefined ? undefined : splitLines(base);
  const [aTexts, bTexts, oTexts] = [textsOf(a), textsOf(b), o && textsOf(o)];
  if (areEqual(aTexts, bTexts)) return { text: ours, conflicts: 0 };
  if (oTexts && areEqual(bTexts, oTexts)) return { text: ours, conflicts: 0 };
  if (o && oTexts && areEqual(aTexts, oTexts) && isEnded(a) === isEnded(o))
    return { text: withFormOf(theirs, ours), conflicts: 0 };
  const { diffIndices } = await import("node-diff3");
  const hunksOf = (side: Side, from: string[], texts: string[]) =>
    diffIndices(from, texts).map(({ buffer1: [start, length], buffer2Content: lines }): Hunk => {
      return { side, start, end: start + length, lines };
    });
  // Without a base, everything that differs is changed on both sides.
  const hunks = hunksOf("theirs", oTexts ?? aTexts, bTexts);
  const own = oTexts ? hunksOf("ours", oTexts, aTexts) : hunks.map((hunk) => keep(hunk, aTexts));
  const groups = groupHunks([...own, ...hunks].sort(byPlace));
  const isClosed = o && isEnded(a) === isEnded(o) ? isEnded(b) : isEnded(a);
  return mergeHunks(a, groups, {
    base: oTexts ?? aTexts,
    mark: markOf(ours),
    lineEnd: lineEndOf(ours),
    isClosed,
    labels,
  });
}

function keep({ start, end }: Hunk, lines: readonly string[]): Hunk {
  return { side: "ours", start, end, lines: lines.slice(start, end) };
}

type Side = "ours" | "theirs";

/** Lines of the base that one side has in its place. */
interface Hunk {
  readonly side: Side;
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

interface Ground {
  readonly base: readonly string[];
  readonly mark: string;
  readonly lineEnd: LineEnd;
  /** Whether the last line has an end. */
  readonly isClosed: boolean;
  readonly labels: MergeLabels;
}

/** Hunks that meet in the same lines go into one group. */
function groupHunks(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1);
    if (last?.some((other) => other.side !== hunk.side && meet(other, hunk))) last.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

/** Neighbours do not meet, unless both add lines where they touch: nobody could say in which order. */
function meet(first: Hunk, second: Hunk): boolean {
  if (isInsertion(first)) return touches(first.start, second);
  if (isInsertion(second)) return touches(second.start, first);
  return first.start < second.end && second.start < first.end;
}

/** Whether lines that are added at a place of the base are added into a hunk. */
function touches(place: number, { start, end, lines }: Hunk): boolean {
  const isAtEdge = place === start || place === end;
  return isAtEdge ? lines.length > end - start : start < place && place < end;
}

function isInsertion({ start, end }: Hunk): boolean {
  return start === end;
}

function mergeHunks(
  ours: readonly Line[],
  groups: readonly Hunk[][],
  { base, mark, lineEnd, isClosed, labels }: Ground,
): Merged {
  const merged: Line[] = [];
  const toLines = (texts: readonly string[]) => texts.map((text): Line => ({ text, end: lineEnd }));
  let conflicts = 0;
  let [inBase, inOurs] = [0, 0];
  for (const group of groups) {
    const [start, end] = [group[0]!.start, Math.max(...group.map((hunk) => hunk.end))];
    merged.push(...ours.slice(inOurs, (inOurs += start - inBase)));
    const own = ours.slice(inOurs, (inOurs += linesOf("ours", group, base, end).length));
    const other = toLines(linesOf("theirs", group, base, end));
    const isConflict = new Set(group.map(({ side }) => side)).size > 1 && !areEqual(textsOf(own), textsOf(other));
    if (isConflict) merged.push(...markConflict(own, other, toLines, labels));
    else merged.push(...(group[0]!.side === "ours" ? own : other));
    conflicts += Number(isConflict);
    inBase = end;
  }
  merged.push(...ours.slice(inOurs));
  return { text: mark + joinLines(merged, { lineEnd, isClosed }), conflicts };
}

/** What both sides have alike at the edges stays outside the markers. */
function markConflict(
  own: readonly Line[],
  other: readonly Line[],
  toLines: (texts: readonly string[]) => Line[],
  labels: MergeLabels,
): Line[] {
  const shorter = Math.min(own.length, other.length);
  let [before, after] = [0, 0];
  while (before < shorter && own[before]!.text === other[before]!.text) before++;
  while (after < shorter - before && own.at(-1 - after)!.text === other.at(-1 - after)!.text) after++;
  return [
    ...own.slice(0, before),
    ...toLines([`<<<<<<< ${labels.ours}`]),
    ...own.slice(before, own.length - after),
    ...toLines(["======="]),
    ...other.slice(before, other.length - after),
    ...toLines([`>>>>>>> ${labels.theirs}`]),
    ...own.slice(own.length - after),
  ];
}

/** What one side has in place of the lines of the base that a group is about. */
function linesOf(side: Side, group: readonly Hunk[], base: readonly string[], end: number): string[] {
  const lines: string[] = [];
  let place = group[0]!.start;
  for (const hunk of group.filter((hunk) => hunk.side === side)) {
    lines.push(...base.slice(place, hunk.start), ...hunk.lines);
    place = hunk.end;
  }
  return [...lines, ...base.slice(place, end)];
}

function byPlace(first: Hunk, second: Hunk): number {
  return first.start - second.start || first.end - second.end;
}

function isEnded(lines: readonly Line[]): boolean {
  return lines.at(-1)?.end !== "";
}

function textsOf(lines: readonly Line[]): string[] {
  return lines.map(({ text }) => text);
}

function areEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
