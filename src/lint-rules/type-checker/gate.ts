/**
 * Does the gate run the rules: once over everything, rather than an editor over one file again and again? It says so in
 * its environment.
 */
export const isGate = process.env["PHASEWISE_TYPES"] === "required";
