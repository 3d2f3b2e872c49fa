/** @typedef {import("../boot-module.js").BootModule} BootModule */

/**
 * The least that can be written by hand: a promise for each module, made once. No phases, timings, timeouts or way to stop.
 *
 * @type {import("../cases.js").Declare}
 */
export function declare(modules) {
  return async () => {
    /** @type {Map<BootModule, Promise<void>>} */
    const booting = new Map();
    const boot = (/** @type {BootModule} */ module) => {
      let promise = booting.get(module);
      if (!promise) booting.set(module, (promise = bootOnce(module)));
      return promise;
    };
    const bootOnce = async (/** @type {BootModule} */ { dependencies, hook }) => {
      if (dependencies.length > 0) await Promise.all(dependencies.map(boot));
      await hook();
    };
    await Promise.all(modules.map(boot));
    return { app: booting, close: async () => {} };
  };
}
