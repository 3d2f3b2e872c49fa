import type { CallGraph } from "./call-graph.js";
import type { Entry } from "./dispatch.js";
import { followCall, followDeclaredCall } from "./follow-call.js";
import type { Call, Unit } from "./unit.js";
import { getNodeId } from "./unit-name.js";
import type { Waypoint } from "./way.js";

/** What a path is looked for. */
export interface Destination {
  /** What the call ends a path at, as a path prints it, or the last part of the way; `undefined` when it is no destination. */
  readonly findEnd: (call: Call, graph: CallGraph) => string | readonly Waypoint[] | undefined;
  /** May a path lead through this unit? */
  readonly mayEnter: (unit: Unit, graph: CallGraph) => boolean;
  /** May a path lead through what this call enters? Through every call unless told. */
  readonly mayFollow?: (call: Call, graph: CallGraph) => boolean;
  /** Does it not matter which implementation of an interface or a base class a call enters? It does unless told. */
  readonly ignoresImplementations?: boolean;
}

/** A way from a call to a destination. */
export interface Path {
  /** What is called on the way, the destination last: `loadConfig`, `readJson`, `fs.readFileSync`. */
  readonly way: readonly Waypoint[];
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
    if (end !== undefined) return { way: toWay(end, call), end: call };
    const cameFrom: Steps = new Map();
    const queue = this.#enter(call, undefined, cameFrom).filter(({ unit }) => unit.handedTo !== call);
    for (const entry of queue) {
      for (const next of entry.unit.calls) {
        const found = this.#destination.findEnd(next, this.#graph);
        if (found !== undefined) return { way: [...getWay(entry, cameFrom), ...toWay(found, next)], end: next };
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
    for (const entry of entered) cameFrom.set(getKey(entry), { from, call });
    return entered;
  }
}

/** The same for the same code with the same `this`. */
type Key = Unit | string;
type Steps = Map<Key, { readonly from: Entry | undefined; readonly call: Call }>;

function getKey({ unit, self }: Entry): Key {
  return self ? `${unit.id} ${getNodeId(self.declaration)} ${self.isExact}` : unit;
}

function getWay(last: Entry, cameFrom: Steps): Waypoint[] {
  const way: Waypoint[] = [];
  for (let entry: Entry | undefined = last; entry;) {
    const step = cameFrom.get(getKey(entry));
    if (entry.unit.name !== undefined && step) way.unshift({ name: entry.unit.name, node: step.call.node });
    entry = step?.from;
  }
  return way;
}

function toWay(end: string | readonly Waypoint[], { node }: Call): readonly Waypoint[] {
  return typeof end === "string" ? [{ name: end, node }] : end;
}
