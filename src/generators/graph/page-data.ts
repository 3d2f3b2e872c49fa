import type { Timeline } from "./boot/timeline.js";
import type { Edge } from "./edges.js";
import type { Layout } from "./layout.js";
import type { GraphView } from "./view.js";

/** What the page of a graph is given. */
export interface GraphPageData {
  readonly title: string;
  readonly graph: GraphView;
  readonly layout: Layout;
  readonly edges: readonly Edge[];
}

/** What the page of a boot is given. */
export interface TimelinePageData {
  readonly title: string;
  readonly timeline: Timeline;
}
