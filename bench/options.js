import { parseArgs } from "node:util";

/** What every benchmark can be told; README.md says what it means. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string" },
      cases: { type: "string", default: "" },
      graphs: { type: "string", default: "" },
      sizes: { type: "string", default: "" },
      sample: { type: "string", default: "0" },
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
    },
  });
  const { rounds, cases, graphs, sizes, sample, ...flags } = values;
  return {
    ...flags,
    sample: Number(sample),
    /** @param {number} usual */
    rounds: (usual) => (rounds === undefined ? usual : Math.max(1, Number(rounds))),
    /** @param {{ name: string }} subject */
    hasCase: ({ name }) => cases.split(",").some((text) => name.includes(text)),
    /** @param {{ name: string }} graph */
    hasGraph: ({ name }) => graphs.split(",").some((text) => name.includes(text)),
    /** @param {number} size */
    hasSize: (size) => sizes === "" || sizes.split(",").includes(String(size)),
  };
}
