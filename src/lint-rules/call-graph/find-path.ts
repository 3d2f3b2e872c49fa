import type { CallGraph } from "./call-graph.js";
import type { Entry } from "./dispatch.js";
import { followCall, followDeclaredCall } from "./follow-call.js";
import type { Call, Unit } from "./unit.js";
import { getNodeId } from "./unit-name.js";

/** What a path is looked for. */
export interface Destination {
  /** What the call ends a path at, as a path prints it; `undefined` when it is no destination. */
  readonly findEnd: (call: Call, graph: CallGraph) => string | undefined;
  /** May a path lead through this unit? */
  readonly mayEnter: (unit: Unit, graph: CallGraph) => boolean;
  /** May a path lead through what this call enters? Through every call unless told. */
  readonly mayFollow?: (call: Call, graph: CallGraph) => boolean;
  /** Does it not matter which implementation of an interface or a base class a call enters? It does unless told. */
  readonly ignoresImplementations?: boolean;
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
  readonly #deadEnds = new Set<Key>();

  constructor(graph: CallGraph, destination: Destination) {
    this.#graph = graph;
    this.#destination = destination;
  }

  /** A path from the call. A function written out as an argument is no step of it: its own calls are asked for by themselves. */
  find(call: Call): Path | undefined {
    const end = this.#destination.findEnd(call, this.#graph);
    if (end !== undefined) return { names: [end], end: call };
    const cameFrom: Steps = new Map();
    const queue = this.#enter(call, undefined, cameFrom).filter(({ unit }) => unit.handedTo !== call);
    for (const entry of queue) {
      for (const next of entry.unit.calls) {
        const found = this.#destination.findEnd(next, this.#graph);
        if (found !== undefined) return { names: [...getNames(entry, cameFrom), found], end: next };
        queue.push(...this.#enter(next, entry, cameFrom));
      }
    }
    for (const key of cameFrom.keys()) this.#deadEnds.add(key);
    return undefined;
  }

  #enter(call: Call, from: Entry | undefined, cameFrom: Steps): Entry[] {
    if (this.#destination.mayFollow?.(call, this.#graph) === false) return [];
    const follow = this.#destination.ignoresImplementations ? followDeclaredCall : followCall;
    const entered = follow(call, from, this.#graph).filter((entry) => {
      const key = getKey(entry);
      return !cameFrom.has(key) && !this.#deadEnds.has(key) && this.#destination.mayEnter(entry.unit, this.#graph);
    });
    for (const entry of entered) cameFrom.set(getKey(entry), from);
    return entered;
  }
}

/** The same for the same code with the same `this`. */
type Key = Unit | string;
type Steps = Map<Key, Entry | undefined>;

function getKey({ unit, self }: Entry): Key {
  return self ? `${unit.id} ${getNodeId(self.declaration)} ${self.isExact}` : unit;
}

function getNames(last: Entry, cameFrom: Steps): string[] {
  const names: string[] = [];
  for (let entry: Entry | undefined = last; entry; entry = cameFrom.get(getKey(entry))) {
    if (entry.unit.name !== undefined) names.unshift(entry.unit.name);
  }
  return names;
}
