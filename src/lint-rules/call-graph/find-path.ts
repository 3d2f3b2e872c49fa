import type { CallGraph } from "./call-graph.js";
import type { Call, Unit } from "./unit.js";

/** What a path is looked for. */
export interface Destination {
  /** What the call ends a path at, as a path prints it; `undefined` when it is no destination. */
  readonly findEnd: (call: Call, graph: CallGraph) => string | undefined;
  /** May a path lead through this unit? */
  readonly mayEnter: (unit: Unit, graph: CallGraph) => boolean;
  /** May a path lead through what this call enters? Through every call unless told. */
  readonly mayFollow?: (call: Call, graph: CallGraph) => boolean;
}

/** A way from a call to a destination. */
export interface Path {
  /** The names on the way, the destination last: `["loadConfig", "readJson", "fs.readFileSync"]`. */
  readonly names: readonly string[];
  /** The last call of it. */
  readonly end: Call;
}

/** Shortest paths from calls to one kind of destination, through everything that runs before the call is done. */
export class PathFinder {
  readonly #graph: CallGraph;
  readonly #destination: Destination;
  readonly #deadEnds = new Set<Unit>();

  constructor(graph: CallGraph, destination: Destination) {
    this.#graph = graph;
    this.#destination = destination;
  }

  /** A path from the call. A function written out as an argument is no step of it: its own calls are asked for by themselves. */
  find(call: Call): Path | undefined {
    const end = this.#destination.findEnd(call, this.#graph);
    if (end !== undefined) return { names: [end], end: call };
    const cameFrom = new Map<Unit, Unit | undefined>();
    const queue = this.#enter(call, undefined, cameFrom).filter((unit) => unit.handedTo !== call);
    for (const unit of queue) {
      for (const next of unit.calls) {
        const found = this.#destination.findEnd(next, this.#graph);
        if (found !== undefined) return { names: [...getNames(unit, cameFrom), found], end: next };
        queue.push(...this.#enter(next, unit, cameFrom));
      }
    }
    for (const unit of cameFrom.keys()) this.#deadEnds.add(unit);
    return undefined;
  }

  #enter(call: Call, from: Unit | undefined, cameFrom: Map<Unit, Unit | undefined>): Unit[] {
    if (this.#destination.mayFollow?.(call, this.#graph) === false) return [];
    const entered = this.#graph
      .getEntered(call)
      .filter(
        (unit) => !cameFrom.has(unit) && !this.#deadEnds.has(unit) && this.#destination.mayEnter(unit, this.#graph),
      );
    for (const unit of entered) cameFrom.set(unit, from);
    return entered;
  }
}

function getNames(last: Unit, cameFrom: ReadonlyMap<Unit, Unit | undefined>): string[] {
  const names: string[] = [];
  for (let unit: Unit | undefined = last; unit; unit = cameFrom.get(unit)) {
    if (unit.name !== undefined) names.unshift(unit.name);
  }
  return names;
}
