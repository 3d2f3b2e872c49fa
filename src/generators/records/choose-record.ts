import { GeneratorError } from "../errors.js";
import type { GenerationRecord } from "./record.js";

const SHOWN = 10;

/** The record that is meant: by its number, its name or a part of that; without one, the last. */
export function chooseRecord(records: readonly GenerationRecord[], wanted?: string): GenerationRecord {
  const last = records.at(-1);
  if (last === undefined)
    throw new GeneratorError("WRONG_USAGE", "No generation is recorded here: there is nothing to undo.");
  if (wanted === undefined) return last;
  const number = /^\d+$/.test(wanted) ? wanted.padStart(4, "0") : undefined;
  const exact = records.filter(({ id }) => id === wanted || id.startsWith(`${number}-`));
  const found = exact.length > 0 || number !== undefined ? exact : records.filter(({ id }) => id.includes(wanted));
  if (found.length === 1) return found[0]!;
  const several = `${found.length} generations are called ${wanted}`;
  const shown = (found.length > 0 ? found : records).slice(-SHOWN).map(({ id }) => id);
  throw new GeneratorError(
    "WRONG_USAGE",
    `${found.length === 0 ? `There is no generation ${wanted}` : several}. There are: ${shown.join(", ")}. ` +
      "To see them all: phasewise undo --list",
  );
}
