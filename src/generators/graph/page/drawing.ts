import type { Edge } from "../edges.js";
import type { GraphPageData } from "../page-data.js";
import { svg } from "./dom.js";

/** The boxes and lines of a graph. */
export interface Drawing {
  readonly elements: readonly SVGElement[];
  readonly boxes: readonly SVGGElement[];
  /** Sets off a module and its neighbours, or nothing; and those that a search has found, or all. */
  mark(selected: number | undefined, found: ReadonlySet<number> | undefined): void;
}

const MANY_EDGES = 150;

export function drawGraph({ graph, layout, edges }: GraphPageData): Drawing {
  const lines = edges.map((edge) => drawLine(edge, layout));
  const boxes = graph.modules.map((_, index) => drawBox(index, { graph, layout }));
  const bands = layout.bands.map(({ label, x, width }, index) => {
    const text = label === "never" ? "never activated" : `level ${label}`;
    return svg(
      "g",
      { class: `band ${index % 2 === 0 ? "even" : "odd"} ${label === "never" ? "bad" : ""}` },
      svg("rect", { x, y: 0, width, height: layout.height }),
      svg("text", { x: x + width / 2, y: 24 }, text),
    );
  });
  const isRed = ({ kind }: Edge) => kind === "circular" || kind === "undeclared";
  const layers = [false, true].map((red) => {
    const own = lines.filter((_, index) => isRed(edges[index]!) === red);
    return svg("g", { class: `lines ${edges.length > MANY_EDGES ? "many" : ""}` }, ...own);
  });
  return {
    elements: [
      svg("defs", {}, drawArrow("arrow"), drawArrow("arrow-bad")),
      ...bands,
      ...layers,
      svg("g", {}, ...boxes),
    ],
    boxes,
    mark(selected, found) {
      const near = new Set(edges.flatMap(({ from, to }) => (from === selected || to === selected ? [from, to] : [])));
      boxes.forEach((box, index) => {
        const isOn = selected === undefined ? !found || found.has(index) : index === selected || near.has(index);
        box.classList.toggle("dim", !isOn);
        box.classList.toggle("found", found?.has(index) ?? false);
        box.classList.toggle("selected", index === selected);
        box.setAttribute("aria-pressed", String(index === selected));
      });
      lines.forEach((line, index) => {
        const { from, to } = edges[index]!;
        const isOn = from === selected || to === selected;
        line.classList.toggle("on", isOn);
        line.classList.toggle("dim", !isOn && (selected !== undefined || found !== undefined));
        if (isOn) line.parentNode?.append(line);
      });
    },
  };
}

function drawArrow(id: string): SVGMarkerElement {
  const size = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse" };
  return svg("marker", { id, orient: "auto", class: id, ...size }, svg("path", { d: "M0 1 8 4 0 7z" }));
}

/** From the left side of a module to the right side of what it needs, which stands further left unless there is a circle. */
function drawLine({ from, to, kind }: Edge, { boxes, boxWidth, boxHeight }: GraphPageData["layout"]): SVGPathElement {
  const [start, end] = [boxes[from]!, boxes[to]!];
  const [y1, y2] = [start.y + boxHeight / 2, end.y + boxHeight / 2];
  const isBad = kind === "circular" || kind === "undeclared";
  const attributes = { class: `line ${kind}`, "marker-end": `url(#${isBad ? "arrow-bad" : "arrow"})` };
  if (end.x < start.x) {
    const [x1, x2] = [start.x, end.x + boxWidth + 1];
    const bend = Math.max(24, (x1 - x2) / 2);
    return svg("path", { ...attributes, d: `M${x1} ${y1}C${x1 - bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}` });
  }
  const [x1, x2] = [start.x + boxWidth, end.x + boxWidth + 1];
  const bend = 30 + Math.min(60, Math.abs(y2 - y1) / 6);
  const away = Math.max(x1, x2) + bend;
  return svg("path", { ...attributes, d: `M${x1} ${y1}C${away} ${y1} ${away} ${y2} ${x2} ${y2}` });
}

function drawBox(index: number, { graph, layout }: Pick<GraphPageData, "graph" | "layout">): SVGGElement {
  const { id, level } = graph.modules[index]!;
  const { boxes, boxWidth, boxHeight } = layout;
  const { x, y } = boxes[index]!;
  const problems = graph.problems.filter(({ module }) => module === index);
  const worst = problems.some(({ severity }) => severity === "error") ? "bad" : problems.length > 0 ? "doubtful" : "";
  const isSmall = boxHeight < 30;
  const limit = Math.floor((boxWidth - 22) / (isSmall ? 6.9 : 7.4));
  const told = [
    id,
    level === null ? "never activated" : `level ${level}`,
    problems.length > 0 ? `problems: ${problems.length}` : "",
  ];
  const box = svg(
    "g",
    {
      class: `box ${worst} ${isSmall ? "small" : ""}`,
      transform: `translate(${x} ${y})`,
      role: "button",
      tabindex: index === 0 ? 0 : -1,
      "aria-label": told.filter(Boolean).join(", "),
      "aria-pressed": "false",
    },
    svg("title", {}, told.filter(Boolean).join(", ")),
    svg("rect", { width: boxWidth, height: boxHeight, rx: isSmall ? 5 : 8 }),
    svg("rect", {
      class: "stripe",
      x: 5,
      y: 5,
      width: 3,
      height: boxHeight - 10,
      rx: 1.5,
      fill: `hsl(${getHue(id)} 55% 52%)`,
    }),
    svg("text", { x: 15, y: boxHeight / 2 }, id.length > limit ? `${id.slice(0, limit - 1)}…` : id),
  );
  return box;
}

/** Modules whose ids begin alike have the same colour. */
function getHue(id: string): number {
  const [group = ""] = id.split(".");
  let value = 7;
  for (let index = 0; index < group.length; index++) value = (value * 31 + group.charCodeAt(index)) % 360;
  return value;
}
