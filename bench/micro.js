import assert from "node:assert/strict";
import { measureInRounds } from "./rounds.js";

/**
 * @typedef {object} MicroCase
 * @property {string} name
 * @property {import("./series.js").Kind} kind
 * @property {(count: number) => unknown} run does it so many times, and gives (or resolves to) what they add up to
 */

const ROUND_MS = 30;

/**
 * Measures operations of less than a microsecond: in each round every case does as many of them as fill some milliseconds,
 * and what they add up to is compared with what it should be.
 *
 * @param {readonly MicroCase[]} cases
 * @param {{ rounds: number, sumOf: (count: number) => unknown }} options
 * @returns {Promise<import("./series.js").Series[]>} nanoseconds an operation
 */
export async function measureOperations(cases, { rounds, sumOf }) {
  const counts = new Map();
  for (const subject of cases) counts.set(subject, await findCount(subject, sumOf));
  const all = await measureInRounds(cases, rounds, async (subject) => {
    const count = counts.get(subject);
    return ((await time(subject, count, sumOf)) * 1e6) / count;
  });
  return all.map(({ subject: { name, kind }, measured }) => ({ name, kind, values: measured }));
}

/** @param {MicroCase} subject @param {(count: number) => unknown} sumOf */
async function findCount(subject, sumOf) {
  let count = 100;
  while ((await time(subject, count, sumOf)) < ROUND_MS) count *= 2;
  return count;
}

/** @param {MicroCase} subject @param {number} count @param {(count: number) => unknown} sumOf */
async function time({ name, run }, count, sumOf) {
  const begunMs = performance.now();
  const sum = await run(count);
  const durationMs = performance.now() - begunMs;
  assert.equal(sum, sumOf(count), `${name} did not do what it should`);
  return durationMs;
}
