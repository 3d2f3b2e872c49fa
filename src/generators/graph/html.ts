import { listEdges } from "./edges.js";
import { layoutGraph } from "./layout.js";
import { renderPage } from "./page-assets.js";
import type { GraphPageData } from "./page-data.js";
import type { GraphView } from "./view.js";

/** The graph as one self-contained page to look around in. */
export async function formatHtml(graph: GraphView, workspace: string): Promise<string> {
  const title = `Modules of ${workspace}`;
  const data: GraphPageData = { title, graph, layout: layoutGraph(graph.modules), edges: listEdges(graph) };
  return renderPage({ title, script: "graph-page", data });
}
