/**
 * No scheduling at all: every hook is called in the order of the graph. With hooks of 0 ms this is the time of the hooks.
 *
 * @type {import("../cases.js").Declare}
 */
export function declare(modules) {
  return async () => {
    await Promise.all(modules.map(({ hook }) => hook()));
    return { app: modules, close: async () => {} };
  };
}
