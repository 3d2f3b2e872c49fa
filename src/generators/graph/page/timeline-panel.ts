import type { Timeline, TimelineRow } from "../boot/timeline.js";
import { button, html } from "./dom.js";
import { formatMs } from "./format-ms.js";

/** What the panel does when something in it is chosen. */
export interface PanelActions {
  readonly goTo: (id: string) => void;
  readonly close: () => void;
}

/** What is known of a module. */
export function describeRow(
  row: TimelineRow,
  rows: readonly TimelineRow[],
  { goTo, close }: PanelActions,
): HTMLElement[] {
  const link = createLink(rows, goTo);
  const { id, version, status: own, waited, held, phases, slackMs, savingMs, services, dependencies } = row;
  return [
    button("×", close, { class: "close", "aria-label": "Close" }),
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
            ...findChain(row, rows)
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

/** What is known of the boot as a whole. */
export function describeBoot({ rows, criticalPath }: Timeline, { goTo }: PanelActions): HTMLElement[] {
  const link = createLink(rows, goTo);
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

function createLink(rows: readonly TimelineRow[], goTo: (id: string) => void) {
  const ids = new Set(rows.map(({ id }) => id));
  return (id: string): HTMLElement =>
    ids.has(id) ? button(id, () => goTo(id), { class: "link" }) : html("span", {}, id);
}

function section(name: string, items: readonly HTMLElement[]): HTMLElement[] {
  return items.length === 0 ? [] : [html("h3", {}, name), html("ul", {}, ...items)];
}

/** Whom it waited for, whom that one waited for, and so on. */
export function findChain({ waited, id }: TimelineRow, rows: readonly TimelineRow[]): string[] {
  const ids = [id];
  for (
    let next = waited?.for;
    next !== undefined && !ids.includes(next);
    next = rows.find((row) => row.id === next)?.waited?.for
  )
    ids.push(next);
  return ids.slice(1);
}
