import type { Paint } from "../../gate/colours.js";
import type { Timeline, TimelineRow } from "./timeline.js";

const WIDTH = 60;

/** A letter for each phase; what is shorter than a column has one all the same. */
const letters: Readonly<Record<string, string>> = {
  registration: "r",
  activation: "█",
  installation: "▓",
  start: "s",
};

/** The boot as bars, one line a module, and who waited for whom. */
export function formatTimelineText({ rows, endMs, status, durationMs, criticalPath }: Timeline, paint: Paint): string {
  const names = rows.map(({ id, isCritical }) => `${isCritical ? "*" : " "} ${id}`);
  const indent = Math.max(0, ...names.map(({ length }) => length)) + 2;
  const lines = rows.map((row, index) => {
    const name = names[index]!.padEnd(indent);
    const bar = drawBar(row, endMs);
    const text = [
      row.isCritical ? paint("bold", name) : name,
      row.isCritical ? paint("yellow", bar) : bar,
      describe(row),
    ];
    return text.join("").trimEnd();
  });
  const summary = `${rows.length} ${rows.length === 1 ? "module" : "modules"}, ${status} after ${formatMs(durationMs)}`;
  const path =
    criticalPath.modules.length > 0
      ? [`* critical path: ${criticalPath.modules.join(" → ")} (${formatMs(criticalPath.durationMs)})`]
      : [];
  return [
    [summary, ...path].join("\n"),
    [`${"".padEnd(indent)}0${formatMs(endMs).padStart(WIDTH - 1)}`, ...lines].join("\n"),
    "r registration   · waits   █ activation   ▓ installation   s start",
  ].join("\n\n");
}

function drawBar({ phases, waited }: TimelineRow, endMs: number): string {
  const columns = Array.from({ length: WIDTH }, () => " ");
  const paintPart = (beginMs: number, durationMs: number, letter: string) => {
    const from = Math.min(WIDTH - 1, Math.floor(toColumn(beginMs, endMs)));
    const to = Math.max(from + 1, Math.round(toColumn(beginMs + durationMs, endMs)));
    columns.fill(letter, from, to);
  };
  if (waited) paintPart(waited.beginMs, waited.durationMs, "·");
  for (const { phase, beginMs, durationMs } of phases) {
    const letter = letters[phase];
    if (letter !== undefined) paintPart(beginMs, durationMs, letter);
  }
  return columns.join("");
}

function toColumn(ms: number, endMs: number): number {
  return endMs === 0 ? 0 : (ms / endMs) * WIDTH;
}

function describe({ phases, waited, status }: TimelineRow): string {
  const active = phases.find(({ phase }) => phase === "activation");
  const notes = [
    active && formatMs(active.durationMs),
    waited && `after ${formatMs(waited.durationMs)} for ${waited.for}`,
    /^(?:failed|blocked)$/.test(status) && status,
  ];
  const told = notes.filter(Boolean).join(" ");
  return told === "" ? "" : `  ${told}`;
}

export function formatMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}
