import { measuredPathMs, verifyBoot } from "./boot-module.js";

/**
 * Boots a graph once and closes it again. Declaring the modules is not part of the time.
 *
 * @param {import("./cases.js").Case} subject
 * @param {import("./graph.js").Graph} graph
 * @param {{ verify?: boolean }} options
 */
export async function measureBoot({ load }, graph, { verify = true } = {}) {
  const { declare } = await load();
  const modules = graph.createModules();
  const boot = declare(modules);
  const begunMs = performance.now();
  const { close } = await boot();
  const bootMs = performance.now() - begunMs;
  await close();
  if (verify) verifyBoot(modules);
  return { bootMs, pathMs: measuredPathMs(modules) };
}
