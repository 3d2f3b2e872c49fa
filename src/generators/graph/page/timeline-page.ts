import type { TimelinePageData } from "../page-data.js";
import type { TimelineRow } from "../boot/timeline.js";
import { button, html, readData } from "./dom.js";

const { timeline, title } = readData<TimelinePageData>();
const { rows, endMs, criticalPath, durationMs, status } = timeline;
const TICKS = 8;
const panel = html("aside", { "aria-label": "Details" });
const list = html("div", { class: "rows", role: "group", "aria-label": title });
const elements = rows.map((row, index) => drawRow(row, index));
const search = html("input", {
  type: "search",
  placeholder: "Module  ( / )",
  "aria-label": "Search",
  autocomplete: "off",
  spellcheck: "false",
});
const criticalOnly = html("input", { type: "checkbox" });

list.append(drawAxis(), ...elements);
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

function drawAxis(): HTMLElement {
  const track = html("div", { class: "track" });
  const step = chooseStep(endMs / TICKS);
  list.style.setProperty("--step", `${toPercent(step) || 100}%`);
  for (let ms = 0; ms <= endMs; ms += step) {
    const tick = html("span", { class: "tick" }, formatTick(ms, step));
    tick.style.left = `${toPercent(ms)}%`;
    track.append(tick);
    if (step === 0) break;
  }
  return html("div", { class: "axis" }, html("span", { class: "name" }), track);
}

/** The next larger of 1, 2, 5, 10, 20 … */
function chooseStep(wanted: number): number {
  if (wanted <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= wanted) ?? 10 * power;
}

function drawRow(row: TimelineRow, index: number): HTMLButtonElement {
  const { id, phases, waited, isCritical, status: own } = row;
  const track = html("span", { class: "track" });
  if (waited) track.append(drawBar("waits", waited.beginMs, waited.durationMs));
  for (const { phase, beginMs, durationMs: takenMs } of phases) track.append(drawBar(phase, beginMs, takenMs));
  const isBad = own === "failed" || own === "blocked";
  const name = html("span", { class: "name", title: id }, isCritical ? `★ ${id}` : id);
  const attributes = {
    type: "button",
    class: `row ${isCritical ? "critical" : ""} ${isBad ? "bad" : ""}`,
    "aria-pressed": "false",
    "aria-label": describeRow(row),
  };
  const element = html("button", attributes, name, track);
  element.addEventListener("click", () => select(index));
  return element;
}

function drawBar(phase: string, beginMs: number, takenMs: number): HTMLElement {
  const bar = html("span", {
    class: `bar ${phase}`,
    title: `${phase}: ${formatMs(takenMs)}, from ${formatMs(beginMs)}`,
  });
  bar.style.left = `${toPercent(beginMs)}%`;
  bar.style.width = `${toPercent(takenMs)}%`;
  return bar;
}

function describeRow({ id, phases, isCritical, waited, status: own }: TimelineRow): string {
  const times = phases.map(({ phase, durationMs: takenMs }) => `${phase} ${formatMs(takenMs)}`);
  const told = [id, own, isCritical && "on the critical path", waited && `waited for ${waited.for}`, ...times];
  return told.filter(Boolean).join(", ");
}

function select(index: number | undefined): void {
  const row = index === undefined ? undefined : rows[index];
  const chain = new Set(row ? findChain(row) : []);
  elements.forEach((element, other) => {
    element.classList.toggle("selected", other === index);
    element.classList.toggle("chain", chain.has(rows[other]!.id));
    element.classList.toggle("held", row?.held.includes(rows[other]!.id) ?? false);
    element.setAttribute("aria-pressed", String(other === index));
  });
  panel.replaceChildren(...(row ? describe(row) : describeAll()));
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

/** Whom it waited for, whom that one waited for, and so on. */
function findChain({ waited, id }: TimelineRow): string[] {
  const ids = [id];
  for (
    let next = waited?.for;
    next !== undefined && !ids.includes(next);
    next = rows.find((row) => row.id === next)?.waited?.for
  )
    ids.push(next);
  return ids.slice(1);
}

function describe(row: TimelineRow): HTMLElement[] {
  const { id, version, status: own, waited, held, phases, slackMs, savingMs, services, dependencies } = row;
  return [
    button("×", () => select(undefined), { class: "close", "aria-label": "Close" }),
    html("h2", {}, id),
    html("p", { class: "quiet" }, `${version} · ${own}${row.isCritical ? " · on the critical path" : ""}`),
    ...section(
      "Phases",
      phases.map(({ phase, beginMs, durationMs: takenMs }) =>
        html(
          "li",
          {},
          html("span", { class: `swatch ${phase}` }),
          ` ${phase} ${formatMs(takenMs)}`,
          html("span", { class: "quiet" }, ` from ${formatMs(beginMs)}`),
        ),
      ),
    ),
    ...section("Margin", [
      html(
        "li",
        {},
        row.isCritical
          ? `The boot would be ${formatMs(savingMs)} shorter without it.`
          : `It could take ${formatMs(slackMs)} longer.`,
      ),
    ]),
    ...section(
      "Waited for",
      waited
        ? [
            html("li", {}, link(waited.for), ` ${formatMs(waited.durationMs)}`),
            ...findChain(row)
              .slice(1)
              .map((other) => html("li", {}, "which waited for ", link(other))),
          ]
        : [],
    ),
    ...section(
      "Held up",
      held.map((other) => html("li", {}, link(other))),
    ),
    ...section(
      "Depends on",
      dependencies.map((other) => html("li", {}, link(other))),
    ),
    ...section(
      "Services",
      services.map((service) => html("li", {}, html("code", {}, service))),
    ),
  ];
}

function describeAll(): HTMLElement[] {
  const slowest = rows
    .filter(({ savingMs }) => savingMs > 0)
    .sort((one, other) => other.savingMs - one.savingMs)
    .slice(0, 10);
  return [
    html("h2", {}, "The boot"),
    html("p", {}, "Choose a module to see whom it waited for, and whom it held up."),
    ...section(
      `Critical path, ${formatMs(criticalPath.durationMs)}`,
      criticalPath.modules.map((id) => html("li", {}, link(id))),
    ),
    ...section(
      "What to make faster",
      slowest.map(({ id, savingMs }) => html("li", {}, link(id), ` saves up to ${formatMs(savingMs)}`)),
    ),
    ...section(
      "Went wrong",
      rows
        .filter(({ status: own }) => own === "failed" || own === "blocked")
        .map(({ id, status: own }) => html("li", { class: "bad" }, link(id), ` ${own}`)),
    ),
  ];
}

function link(id: string): HTMLElement {
  return rows.some((row) => row.id === id) ? button(id, () => goTo(id), { class: "link" }) : html("span", {}, id);
}

function section(name: string, items: readonly HTMLElement[]): HTMLElement[] {
  return items.length === 0 ? [] : [html("h3", {}, name), html("ul", {}, ...items)];
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

function toPercent(ms: number): number {
  return endMs === 0 ? 0 : (ms / endMs) * 100;
}

function formatMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

function formatTick(ms: number, step: number): string {
  return `${ms.toFixed(step >= 1 ? 0 : Math.ceil(-Math.log10(step || 1)))} ms`;
}
