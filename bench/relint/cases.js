/**
 * What lints a file again after each edit, as in an editor.
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {import("../series.js").Kind} kind
 * @property {number} [limitMs] what the median may take at most
 */

/** @type {readonly Case[]} */
export const cases = [
  { name: "phasewise, recommended", kind: "own", limitMs: 50 },
  { name: "typescript-eslint, no-floating-promises", kind: "peer" },
  { name: "typescript-eslint, recommended with types", kind: "peer" },
];
