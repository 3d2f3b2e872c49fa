import { openSync, writeSync } from "node:fs";

/**
 * Appends one line of JSON for the gate, which names a file of its own for each process in `PHASEWISE_NOTES`; `undefined`
 * in every other host. It carries what a host's report has no room for: the rules' pages, paths with places, times.
 */
export const writeNote: ((note: GateNote) => void) | undefined = openNotes(process.env["PHASEWISE_NOTES"]);

/** Does the gate ask for times too? They cost more than the rest. */
export const wantsTimes: boolean = writeNote !== undefined && process.env["PHASEWISE_TIMES"] === "1";

/** One line of the file; `phasewise check` reads the same shapes. */
export type GateNote =
  | { readonly kind: "rule"; readonly rule: string; readonly description: string; readonly url: string }
  | ({ readonly kind: "way"; readonly rule: string; readonly steps: readonly NotedStep[] } & NotedRange)
  | { readonly kind: "progress"; readonly files: number }
  | { readonly kind: "times"; readonly milliseconds: Readonly<Record<string, number>> };

/** Where a finding is; lines and columns from 1, in UTF-16 units. */
export interface NotedRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A name on the way, and where it is called. */
export interface NotedStep {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function openNotes(file: string | undefined): typeof writeNote {
  if (!file) return undefined;
  // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
  const descriptor = openSync(file, "a", 0o600);
  // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
  return (note) => void writeSync(descriptor, `${JSON.stringify(note)}\n`);
}
