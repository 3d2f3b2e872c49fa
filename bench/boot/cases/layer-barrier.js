/**
 * One `Promise.all` for each layer: what is easily written, and waits for the slowest of each layer.
 *
 * @type {import("../cases.js").Declare}
 */
export function declare(modules) {
  const count = Math.max(...modules.map(({ layer }) => layer)) + 1;
  const layers = Array.from({ length: count }, (_, index) => modules.filter(({ layer }) => layer === index));
  return async () => {
    for (const layer of layers) await Promise.all(layer.map(({ hook }) => hook()));
    return { app: layers, close: async () => {} };
  };
}
