import type { Place } from "./facts.js";

/** Something wrong with the graph of modules. */
export interface Problem {
  readonly rule: `graph/${string}`;
  readonly severity: "error" | "warning";
  readonly place: Place;
  /** The fact, then the remedy. */
  readonly message: string;
  /** The module that it is about; `undefined` for code that is no module's alone. */
  readonly module: string | undefined;
  /** The modules on the way, for a circle. */
  readonly path?: readonly string[];
}
