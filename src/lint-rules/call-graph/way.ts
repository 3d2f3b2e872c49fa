import type { Node } from "../type-checker/ast.js";

/** A name on the way to what a message is about, and the node that leads there: a call, mostly. */
export interface Waypoint {
  readonly name: string;
  readonly node: Node;
}

/** A way as messages print it: `loadConfig → readJson → fs.readFileSync`. */
export function printWay(way: readonly Waypoint[]): string {
  return way.map(({ name }) => name).join(" → ");
}
