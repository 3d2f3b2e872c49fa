import assert from "node:assert/strict";

/** One module in one boot: what it depends on, and its hook, which notes when it began and ended. */
export class BootModule {
  begunMs = NaN;
  endedMs = NaN;

  /**
   * @param {string} id
   * @param {number} layer one more than the highest layer that it depends on
   * @param {Iterable<BootModule>} dependencies
   * @param {number} delayMs how long its hook waits
   */
  constructor(id, layer, dependencies, delayMs) {
    this.id = id;
    this.layer = layer;
    this.dependencies = [...dependencies];
    this.delayMs = delayMs;
  }

  /** What a case calls once the dependencies are done. A delay of 0 is an async function that waits for nothing. */
  hook = async () => {
    assert(Number.isNaN(this.begunMs), `the hook of ${this.id} ran twice`);
    this.begunMs = performance.now();
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    this.endedMs = performance.now();
  };
}

/** All hooks ran, each after those that it depends on. @param {readonly BootModule[]} modules */
export function verifyBoot(modules) {
  for (const { id, begunMs, endedMs, dependencies } of modules) {
    assert(endedMs >= begunMs, `the hook of ${id} did not run to its end`);
    const early = dependencies.find((dependency) => !(dependency.endedMs <= begunMs));
    assert(!early, `the hook of ${id} ran before that of ${early?.id} was done`);
  }
}

/** The longest path with each hook as long as it took in this boot: a timer of 1 ms takes more than that. */
export const measuredPathMs = longestPath(({ begunMs, endedMs }) => endedMs - begunMs);

/** The longest path with each hook as long as it asked for. */
export const nominalPathMs = longestPath(({ delayMs }) => delayMs);

/** @param {(module: BootModule) => number} lengthOf */
function longestPath(lengthOf) {
  return (/** @type {readonly BootModule[]} */ modules) => {
    const until = new Map();
    for (const module of modules) {
      const before = module.dependencies.map((dependency) => until.get(dependency));
      until.set(module, Math.max(0, ...before) + lengthOf(module));
    }
    return Math.max(0, ...until.values());
  };
}
