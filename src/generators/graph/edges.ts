import type { GraphView } from "./view.js";

/** A line of a drawing, from a module to one that it needs; both by index. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly kind: "declared" | "optional" | "circular" | "undeclared";
}

/** The lines of a drawing. Dependencies on modules that are not there have none. */
export function listEdges({ modules }: Pick<GraphView, "modules">): Edge[] {
  return modules.flatMap(({ dependencies, undeclared }, from) => {
    const declared = dependencies.flatMap(({ module: to, isOptional, isCircular }): Edge[] => {
      return to === null ? [] : [{ from, to, kind: isCircular ? "circular" : isOptional ? "optional" : "declared" }];
    });
    const targets = new Set(undeclared.map(({ module }) => module));
    return [...declared, ...[...targets].map((to): Edge => ({ from, to, kind: "undeclared" }))];
  });
}
