import { type Edge, listEdges } from "./edges.js";
import type { GraphView } from "./view.js";

/** The graph in the language of Graphviz: `phasewise graph --format dot | dot -Tsvg`. */
export function formatDot(view: GraphView): string {
  const levels = [...new Set(view.modules.map(({ level }) => level))];
  const ranks = levels.map((level) => {
    const names = view.modules.flatMap((module, index) => (module.level === level ? `m${index}` : []));
    return `  { rank=same; ${names.join("; ")} }`;
  });
  return [
    "digraph modules {",
    "  rankdir=RL;",
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
    ...view.modules.map(({ id }, index) => `  m${index} [label=${quote(id)}];`),
    ...ranks,
    ...listEdges(view).map(({ from, to, kind }) => `  m${from} -> m${to}${attributes[kind]};`),
    "}",
  ].join("\n");
}

const attributes: Readonly<Record<Edge["kind"], string>> = {
  declared: "",
  optional: " [style=dashed]",
  circular: ' [color="#c62828"]',
  undeclared: ' [color="#c62828", style=dashed, label="undeclared"]',
};

function quote(text: string): string {
  return `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll(/\p{Cc}/gu, " ")}"`;
}
