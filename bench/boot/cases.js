/**
 * Declares the modules of a graph as an author would, in what a process imports; the function it gives boots them.
 *
 * @callback Declare
 * @param {readonly import("./boot-module.js").BootModule[]} modules
 * @returns {() => Promise<{ app: unknown, close: () => Promise<unknown> }>}
 */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {import("../series.js").Kind} kind
 * @property {() => Promise<{ declare: Declare }>} load
 */

/** @type {readonly Case[]} */
export const cases = [
  { name: "phasewise", kind: "own", load: () => import("./cases/phasewise.js") },
  { name: "hand-written scheduler", kind: "bound", load: () => import("./cases/hand-written.js") },
  { name: "barrier per layer", kind: "bound", load: () => import("./cases/layer-barrier.js") },
  { name: "Inversify", kind: "peer", load: () => import("./cases/inversify.js") },
  { name: "Effect layers", kind: "peer", load: () => import("./cases/effect.js") },
  { name: "NestJS useFactory", kind: "peer", load: () => import("./cases/nestjs-use-factory.js") },
  { name: "NestJS onModuleInit", kind: "peer", load: () => import("./cases/nestjs-on-module-init.js") },
  { name: "avvio", kind: "peer", load: () => import("./cases/avvio.js") },
];

/** The hooks and nothing around them. @type {Case} */
export const bareCalls = { name: "bare hook calls", kind: "bound", load: () => import("./cases/bare-calls.js") };
