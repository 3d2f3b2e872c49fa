import { type Edge, listEdges } from "./edges.js";
import type { GraphView } from "./view.js";

/** The graph as a Mermaid flowchart, which GitHub and GitLab draw in Markdown. */
export function formatMermaid(view: GraphView): string {
  const edges = listEdges(view);
  const red = edges.flatMap(({ kind }, index) => (kind === "circular" || kind === "undeclared" ? index : []));
  return [
    "flowchart RL",
    ...view.modules.map(({ id }, index) => `  m${index}["${escape(id)}"]`),
    ...edges.map((edge) => `  m${edge.from} ${arrows[edge.kind]} m${edge.to}`),
    ...(red.length > 0 ? [`  linkStyle ${red.join(",")} stroke:#c62828,color:#c62828`] : []),
  ].join("\n");
}

const arrows: Readonly<Record<Edge["kind"], string>> = {
  declared: "-->",
  optional: "-.->",
  circular: "-- circle -->",
  undeclared: "-. undeclared .->",
};

/** Mermaid reads entities by number, without the `&`; whatever is no harmless letter becomes one. */
function escape(text: string): string {
  return text.replaceAll(/[^\w. @/-]/gu, (letter) => `#${letter.codePointAt(0)};`);
}
