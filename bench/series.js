import { formatFigure, formatNumber } from "./report.js";

/** Ours, a bound (by hand, with less to it), or a library that people choose instead. @typedef {"own" | "bound" | "peer"} Kind */

/**
 * What was measured of one case: one value a round.
 *
 * @typedef {{ name: string, kind: Kind, values: number[] }} Series
 */

/** @typedef {{ median: number, low: number, high: number }} Figure the low and the high one are the quartiles */

/**
 * @param {readonly number[]} values
 * @returns {Figure}
 */
export function summarize(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = (/** @type {number} */ share) => {
    const position = (sorted.length - 1) * share;
    const [below = NaN, above = below] = sorted.slice(Math.floor(position));
    return below + (above - below) * (position % 1);
  };
  return { median: quantile(0.5), low: quantile(0.25), high: quantile(0.75) };
}

/**
 * The median of the ratios, round by round: a slow moment of the machine counts for both.
 *
 * @param {readonly number[]} values
 * @param {readonly number[]} bases
 */
export function medianRatio(values, bases) {
  return summarize(values.map((value, round) => value / (bases[round] ?? NaN))).median;
}

/** @param {readonly Series[]} all */
export function findOwn(all) {
  const own = all.find(({ kind }) => kind === "own");
  if (!own) throw new Error("None of the cases is ours.");
  return own;
}

/** The figure of a case, and how many times ours that is. @param {string} name @param {readonly Series[]} all */
export function toCells(name, all) {
  const values = all.find((series) => series.name === name)?.values ?? [];
  return [formatFigure(summarize(values)), formatNumber(medianRatio(values, findOwn(all).values))];
}

/**
 * Ahead of every peer: our figure as a multiple of that of the best of them.
 *
 * @param {string} what
 * @param {readonly Series[]} all
 * @returns {import("./report.js").Target[]}
 */
export function compareWithPeers(what, all) {
  const own = findOwn(all);
  const ratios = all
    .filter(({ kind }) => kind === "peer")
    .map(({ name, values }) => ({ name: `${what}, against ${name}`, value: medianRatio(own.values, values) }));
  const [nearest] = ratios.toSorted((a, b) => b.value - a.value);
  return nearest ? [{ ...nearest, limit: 1, unit: "×" }] : [];
}
