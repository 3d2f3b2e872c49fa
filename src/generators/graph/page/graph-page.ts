import type { GraphPageData } from "../page-data.js";
import { button, html, readData } from "./dom.js";
import { drawGraph } from "./drawing.js";
import { describeAll, describeModule } from "./graph-panel.js";
import { createSearch } from "./search.js";
import { Viewport } from "./viewport.js";

const data = readData<GraphPageData>();
const { graph, layout, title } = data;
const viewport = new Viewport(layout, title);
const drawing = drawGraph(data);
const panel = html("aside", { "aria-label": "Details" });
const search = createSearch(graph, { find: (found) => mark(selected, found), select: (index) => select(index) });
let selected: number | undefined;
let found: ReadonlySet<number> | undefined;

viewport.content.append(...drawing.elements);
drawing.boxes.forEach((box, index) => {
  box.addEventListener("click", () => void (viewport.hasMoved || select(index, { isThere: true })));
  box.addEventListener("keydown", (event) => onBoxKey(event, index));
});
viewport.element.addEventListener("click", ({ target }) => {
  if (!viewport.hasMoved && target instanceof Element && !target.closest(".box")) select(undefined);
});
document.addEventListener("keydown", onKey);
document.body.append(
  html(
    "header",
    {},
    html("h1", {}, title),
    search.element,
    html(
      "div",
      { class: "tools" },
      button("−", () => viewport.zoomBy(0.8), { "aria-label": "Zoom out", title: "Zoom out ( - )" }),
      button("+", () => viewport.zoomBy(1.25), { "aria-label": "Zoom in", title: "Zoom in ( + )" }),
      button("Fit", () => viewport.fit(), { title: "Show all ( 0 )" }),
    ),
  ),
  html("main", {}, viewport.element, panel),
);
select(undefined);
viewport.fit();
window.addEventListener("resize", () => viewport.fit());

/** Chooses a module, or none. One that was chosen elsewhere is brought into sight. */
function select(index: number | undefined, { isThere = false } = {}): void {
  mark(index, found);
  const contents = index === undefined ? describeAll(graph, select) : describeModule(graph, index, select);
  const close = index !== undefined && button("×", () => select(undefined), { class: "close", "aria-label": "Close" });
  panel.replaceChildren(...(close ? [close] : []), ...contents);
  panel.scrollTop = 0;
  if (index === undefined) return;
  drawing.boxes.forEach((box, other) => box.setAttribute("tabindex", other === index ? "0" : "-1"));
  if (isThere) return;
  bringIntoSight(index);
  panel.querySelector("h2")?.focus();
}

function bringIntoSight(index: number): void {
  const { x, y } = layout.boxes[index]!;
  if (!viewport.canSee(drawing.boxes[index]!)) viewport.show(x + layout.boxWidth / 2, y + layout.boxHeight / 2);
}

function mark(index: number | undefined, matching: ReadonlySet<number> | undefined): void {
  selected = index;
  found = matching;
  drawing.mark(selected, found);
}

function onKey(event: KeyboardEvent): void {
  const isTyping = event.target === search.input;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    search.clear();
    select(undefined);
  } else if (isTyping) return;
  else if (event.key === "/") {
    event.preventDefault();
    search.input.focus();
  } else if (event.key === "+" || event.key === "=") viewport.zoomBy(1.25);
  else if (event.key === "-") viewport.zoomBy(0.8);
  else if (event.key === "0") viewport.fit();
}

/** Enter chooses a module; the arrow keys go to the nearest one in their direction. */
function onBoxKey(event: KeyboardEvent, index: number): void {
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    select(index, { isThere: true });
  }
  const direction = directions[event.key];
  if (!direction) return;
  event.preventDefault();
  const next = findNext(index, direction);
  if (next === undefined) return;
  drawing.boxes[index]?.setAttribute("tabindex", "-1");
  drawing.boxes[next]?.setAttribute("tabindex", "0");
  drawing.boxes[next]?.focus();
  bringIntoSight(next);
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function findNext(index: number, [right, down]: readonly [number, number]): number | undefined {
  const own = layout.boxes[index]!;
  const distances = layout.boxes.map(({ x, y }) => {
    const [along, across] = [(x - own.x) * right + (y - own.y) * down, (x - own.x) * down + (y - own.y) * right];
    return along > 1 ? along + 3 * Math.abs(across) : Infinity;
  });
  const nearest = Math.min(...distances);
  return nearest === Infinity ? undefined : distances.indexOf(nearest);
}
