// @ts-nocheck The peers are installed in bench/ only.
import { promisify } from "node:util";
import avvio from "avvio";

/**
 * Plugins in the order of their dependencies, as its README says: avvio knows no other dependency than this order.
 *
 * @type {import("../cases.js").Declare}
 */
export function declare(modules) {
  const plugins = modules.map(({ hook }) => async () => {
    await hook();
  });
  return async () => {
    const app = avvio();
    for (const plugin of plugins) app.use(plugin);
    await app.ready();
    return { app, close: promisify((done) => app.close(done)) };
  };
}
