import assert from "node:assert/strict";
import { Pool } from "undici";

/**
 * @typedef {object} Requests
 * @property {number} count
 * @property {number} connections each sends the next request when the one before is answered
 * @property {(number: number) => import("undici").Dispatcher.RequestOptions} make
 * @property {number} statusCode what every answer has to have
 */

/** @typedef {{ perSecond: number, latenciesMs: number[] }} Load the latencies in order of size */

/** @param {string} address @param {Requests} requests @returns {Promise<Load>} */
export async function loadServer(address, { count, connections, make, statusCode }) {
  const pool = new Pool(address, { connections });
  /** @type {number[]} */
  const latenciesMs = [];
  let next = 0;
  const send = async () => {
    for (let number = next++; number < count; number = next++) {
      const begunMs = performance.now();
      const answer = await pool.request(make(number));
      await answer.body.dump();
      latenciesMs.push(performance.now() - begunMs);
      assert.equal(answer.statusCode, statusCode);
    }
  };
  const begunMs = performance.now();
  await Promise.all(Array.from({ length: connections }, send));
  const perSecond = (count / (performance.now() - begunMs)) * 1_000;
  await pool.close();
  return { perSecond, latenciesMs: latenciesMs.sort((a, b) => a - b) };
}

/** @param {readonly number[]} sorted @param {number} share */
export function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
