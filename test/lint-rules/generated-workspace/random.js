/** Gives numbers from 0 up to 1. @typedef {() => number} Random */

/**
 * Mulberry32: numbers that depend on nothing but the seed.
 *
 * @param {number} seed
 * @returns {Random}
 */
export function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Some of these, each once.
 *
 * @template Item
 * @param {readonly Item[]} items
 * @param {number} amount
 * @param {Random} random
 */
export function pickSome(items, amount, random) {
  /** @type {Set<Item>} */
  const picked = new Set();
  const size = Math.min(amount, items.length);
  while (picked.size < size) picked.add(/** @type {Item} */ (items[Math.floor(random() * items.length)]));
  return [...picked];
}
