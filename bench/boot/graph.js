import { BootModule } from "./boot-module.js";

/** What the hook of a module waits for: nothing, one millisecond, or a whole number of them from 1 to 24. */
const delays = {
  "0 ms": () => 0,
  "1 ms": () => 1,
  "1-24 ms": (/** @type {() => number} */ random) => 1 + Math.floor(random() * 24),
};

/**
 * @typedef {object} Graph
 * @property {string} name
 * @property {keyof typeof delays} delay
 * @property {number} size
 * @property {() => BootModule[]} createModules makes the modules anew, the same each time, each after its dependencies
 */

/**
 * A layered random graph: each module depends on one of the layer right below, and on up to two others of any layer below.
 *
 * @param {{ size: number, delay: keyof typeof delays }} options
 * @returns {Graph}
 */
function createGraph({ size, delay }) {
  const layers = size < 500 ? 10 : 16;
  return {
    name: `${size} × ${delay}`,
    delay,
    size,
    createModules() {
      const random = createRandom(42);
      /** @type {BootModule[]} */
      const modules = [];
      /** @type {BootModule[]} */
      let below = [];
      for (let layer = 0; layer < layers; layer++) {
        const lower = [...modules];
        for (let end = Math.ceil(((layer + 1) * size) / layers); modules.length < end;) {
          const dependencies = layer === 0 ? [] : [pick(below, random), pick(lower, random), pick(lower, random)];
          modules.push(new BootModule(`m${modules.length}`, layer, new Set(dependencies), delays[delay](random)));
        }
        below = modules.slice(lower.length);
      }
      return modules;
    },
  };
}

/** The graphs that every case boots, from the least to the most. */
export const graphs = [100, 1000].flatMap((size) =>
  /** @type {(keyof typeof delays)[]} */ (Object.keys(delays)).map((delay) => createGraph({ size, delay })),
);

/**
 * @param {readonly BootModule[]} modules
 * @param {() => number} random
 */
function pick(modules, random) {
  return /** @type {BootModule} */ (modules[Math.floor(random() * modules.length)]);
}

/**
 * Mulberry32: numbers from 0 up to 1 that depend on nothing but the seed.
 *
 * @param {number} seed
 */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
