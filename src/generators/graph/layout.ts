import { groupBy } from "../gate/module-graph/group-by.js";
import type { ModuleView } from "./view.js";

/** Where the boxes of a drawing are; all in pixels at zoom 1. */
export interface Layout {
  readonly boxes: readonly { readonly x: number; readonly y: number }[];
  readonly boxWidth: number;
  readonly boxHeight: number;
  /** Each level's stripe, from left to right. */
  readonly bands: readonly { readonly label: string; readonly x: number; readonly width: number }[];
  readonly width: number;
  readonly height: number;
}

interface Style {
  readonly boxHeight: number;
  readonly rowGap: number;
  /** Between columns of one level, and between levels. */
  readonly columnGap: number;
  readonly levelGap: number;
}

const roomy: Style = { boxHeight: 40, rowGap: 24, columnGap: 24, levelGap: 120 };
const dense: Style = { boxHeight: 23, rowGap: 5, columnGap: 8, levelGap: 36 };
const MANY = 60;
const HEADER = 34;
const MARGIN = 16;
const ASPECT = 1.3;

/**
 * Puts the modules into columns by the level of their activation. In a small graph neighbours stand near each other; in a
 * large one a level has as many columns as make the drawing fit a screen, in the order of the ids, to be found by name.
 */
export function layoutGraph(modules: readonly Pick<ModuleView, "id" | "level" | "dependencies">[]): Layout {
  const style = modules.length > MANY ? dense : roomy;
  const longest = Math.max(0, ...modules.map(({ id }) => id.length));
  const boxWidth = Math.min(Math.max(longest * (style === dense ? 7.1 : 7.6) + 26, 90), 250);
  const indexes = modules.map((_, index) => index);
  const levels = [...groupBy(indexes, (index) => modules[index]!.level).entries()];
  const members = levels.map(([, own]) => own);
  const rows =
    modules.length > MANY ? chooseRows(members, boxWidth, style) : Math.max(1, ...members.map(({ length }) => length));
  if (modules.length <= MANY) sortByNeighbours(members, modules);
  return place(levels, { rows, boxWidth, style, isCentred: modules.length <= MANY });
}

/** So many rows that the drawing can be shown as large as possible on a screen. */
function chooseRows(members: readonly (readonly number[])[], boxWidth: number, style: Style): number {
  const total = members.flat().length;
  const measure = (rows: number) => {
    const columns = members.reduce((sum, { length }) => sum + Math.ceil(length / rows), 0);
    const width = columns * (boxWidth + style.columnGap) + members.length * style.levelGap;
    return Math.max(width / ASPECT, rows * (style.boxHeight + style.rowGap));
  };
  const all = Array.from({ length: total }, (_, index) => index + 1);
  return all.reduce((best, rows) => (measure(rows) < measure(best) ? rows : best), 1);
}

/** A few sweeps to and fro, each level in the order of the mean place of its neighbours. */
function sortByNeighbours(members: readonly number[][], modules: readonly Pick<ModuleView, "dependencies">[]): void {
  const neighbours = modules.map((): number[] => []);
  modules.forEach(({ dependencies }, from) => {
    for (const { module: to } of dependencies) {
      if (to === null) continue;
      neighbours[from]!.push(to);
      neighbours[to]!.push(from);
    }
  });
  const places = new Map<number, number>();
  const note = (level: readonly number[]) =>
    level.forEach((index, row) => places.set(index, (row + 0.5) / level.length));
  members.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const level of sweep % 2 === 0 ? members : members.toReversed()) {
      const wanted = new Map(level.map((index) => [index, mean(neighbours[index]!, places) ?? places.get(index)!]));
      level.sort((one, other) => wanted.get(one)! - wanted.get(other)!);
      note(level);
    }
  }
}

const SWEEPS = 6;

function mean(indexes: readonly number[], places: ReadonlyMap<number, number>): number | undefined {
  if (indexes.length === 0) return undefined;
  return indexes.reduce((sum, index) => sum + places.get(index)!, 0) / indexes.length;
}

interface Placing {
  readonly rows: number;
  readonly boxWidth: number;
  readonly style: Style;
  readonly isCentred: boolean;
}

function place(levels: readonly (readonly [number | null, readonly number[]])[], placing: Placing): Layout {
  const { rows, boxWidth, style, isCentred } = placing;
  const { boxHeight, rowGap, columnGap, levelGap } = style;
  const boxes: { x: number; y: number }[] = [];
  const bands: Layout["bands"][number][] = [];
  let x = MARGIN + levelGap / 4;
  for (const [level, members] of levels) {
    const columns = Math.ceil(members.length / rows);
    const top = isCentred ? ((rows - members.length) * (boxHeight + rowGap)) / 2 : 0;
    members.forEach((index, at) => {
      const [column, row] = [Math.floor(at / rows), at % rows];
      boxes[index] = { x: x + column * (boxWidth + columnGap), y: HEADER + MARGIN + top + row * (boxHeight + rowGap) };
    });
    const width = columns * (boxWidth + columnGap) - columnGap;
    bands.push({ label: level === null ? "never" : `${level}`, x: x - levelGap / 4, width: width + levelGap / 2 });
    x += width + levelGap;
  }
  const height = HEADER + 2 * MARGIN + rows * (boxHeight + rowGap) - rowGap;
  return { boxes, boxWidth, boxHeight, bands, width: x - levelGap * 0.75 + MARGIN, height };
}
