import type { TimelinePageData } from "../page-data.js";
import { html, readData } from "./dom.js";
import { formatMs } from "./format-ms.js";
import { type PanelActions, describeBoot, describeRow, findChain } from "./timeline-panel.js";
import { drawAxis, drawRow, getStepPercent } from "./timeline-rows.js";

const { timeline, title } = readData<TimelinePageData>();
const { rows, endMs, durationMs, status } = timeline;
const actions: PanelActions = { goTo, close: () => select(undefined) };
const panel = html("aside", { "aria-label": "Details" });
const list = html("div", { class: "rows", role: "group", "aria-label": title });
const elements = rows.map((row, index) => drawRow(row, endMs, () => select(index)));
const search = html("input", {
  type: "search",
  placeholder: "Module  ( / )",
  "aria-label": "Search",
  autocomplete: "off",
  spellcheck: "false",
});
const criticalOnly = html("input", { type: "checkbox" });

list.style.setProperty("--step", `${getStepPercent(endMs)}%`);
list.append(drawAxis(endMs), ...elements);
for (const input of [search, criticalOnly]) input.addEventListener("input", filter);
document.addEventListener("keydown", onKey);
document.body.append(
  html(
    "header",
    {},
    html("h1", {}, title),
    html("span", { class: "quiet" }, `${rows.length} modules, ${status} after ${formatMs(durationMs)}`),
    html("div", { class: "search" }, search),
    html("label", {}, criticalOnly, " critical path only"),
    html(
      "div",
      { class: "legend-row" },
      ...["registration", "waits", "activation", "critical path", "installation", "start"].map(drawSample),
    ),
  ),
  html("main", {}, html("div", { class: "timeline" }, list), panel),
);
select(undefined);

function drawSample(phase: string): HTMLElement {
  return html("span", { class: "key" }, html("span", { class: `swatch ${phase.replace(" ", "-")}` }), phase);
}

function select(index: number | undefined): void {
  const row = index === undefined ? undefined : rows[index];
  const chain = new Set(row ? findChain(row, rows) : []);
  elements.forEach((element, other) => {
    element.classList.toggle("selected", other === index);
    element.classList.toggle("chain", chain.has(rows[other]!.id));
    element.classList.toggle("held", row?.held.includes(rows[other]!.id) ?? false);
    element.setAttribute("aria-pressed", String(other === index));
  });
  panel.replaceChildren(...(row ? describeRow(row, rows, actions) : describeBoot(timeline, actions)));
}

function goTo(id: string): void {
  const index = rows.findIndex((row) => row.id === id);
  const element = elements[index];
  if (!element) return;
  if (element.hidden) {
    search.value = "";
    criticalOnly.checked = false;
    filter();
  }
  select(index);
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}

function filter(): void {
  const wanted = search.value.trim().toLowerCase();
  elements.forEach((element, index) => {
    const { id, isCritical } = rows[index]!;
    element.hidden = !id.toLowerCase().includes(wanted) || (criticalOnly.checked && !isCritical);
  });
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    search.value = "";
    filter();
    select(undefined);
  } else if (event.key === "/" && event.target !== search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
}

function step(event: KeyboardEvent): void {
  const shown = elements.filter(({ hidden }) => !hidden);
  const at = shown.findIndex((element) => element === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  shown[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
}
