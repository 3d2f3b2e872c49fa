import type { TimelineRow } from "../boot/timeline.js";
import { html } from "./dom.js";
import { formatMs } from "./format-ms.js";

const TICKS = 8;

/** The times above the rows. */
export function drawAxis(endMs: number): HTMLElement {
  const track = html("div", { class: "track" });
  const step = getStep(endMs);
  for (let ms = 0; ms <= endMs; ms += step) {
    const tick = html("span", { class: "tick" }, formatTick(ms, step));
    tick.style.left = `${toPercent(ms, endMs)}%`;
    track.append(tick);
    if (step === 0) break;
  }
  return html("div", { class: "axis" }, html("span", { class: "name" }), track);
}

/** How far the lines of the axis are from each other, in percent of its length. */
export function getStepPercent(endMs: number): number {
  return toPercent(getStep(endMs), endMs) || 100;
}

/** A module: when it waited, and when its phases ran. */
export function drawRow(row: TimelineRow, endMs: number, onClick: () => void): HTMLButtonElement {
  const { id, phases, waited, isCritical, status: own } = row;
  const track = html("span", { class: "track" });
  if (waited) track.append(drawBar("waits", waited, endMs));
  for (const part of phases) track.append(drawBar(part.phase, part, endMs));
  const isBad = own === "failed" || own === "blocked";
  const name = html("span", { class: "name", title: id }, isCritical ? `★ ${id}` : id);
  const attributes = {
    type: "button",
    class: `row ${isCritical ? "critical" : ""} ${isBad ? "bad" : ""}`,
    "aria-pressed": "false",
    "aria-label": describeRow(row),
  };
  const element = html("button", attributes, name, track);
  element.addEventListener("click", onClick);
  return element;
}

interface Span {
  readonly beginMs: number;
  readonly durationMs: number;
}

function drawBar(phase: string, { beginMs, durationMs }: Span, endMs: number): HTMLElement {
  const bar = html("span", {
    class: `bar ${phase}`,
    title: `${phase}: ${formatMs(durationMs)}, from ${formatMs(beginMs)}`,
  });
  bar.style.left = `${toPercent(beginMs, endMs)}%`;
  bar.style.width = `${toPercent(durationMs, endMs)}%`;
  return bar;
}

function describeRow({ id, phases, isCritical, waited, status: own }: TimelineRow): string {
  const times = phases.map(({ phase, durationMs: takenMs }) => `${phase} ${formatMs(takenMs)}`);
  const told = [id, own, isCritical && "on the critical path", waited && `waited for ${waited.for}`, ...times];
  return told.filter(Boolean).join(", ");
}

function getStep(endMs: number): number {
  return chooseStep(endMs / TICKS);
}

/** The next larger of 1, 2, 5, 10, 20 … */
function chooseStep(wanted: number): number {
  if (wanted <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= wanted) ?? 10 * power;
}

function toPercent(ms: number, endMs: number): number {
  return endMs === 0 ? 0 : (ms / endMs) * 100;
}

function formatTick(ms: number, step: number): string {
  return `${ms.toFixed(step >= 1 ? 0 : Math.ceil(-Math.log10(step || 1)))} ms`;
}
