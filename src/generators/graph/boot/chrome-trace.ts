import type { Timeline } from "./timeline.js";

/** The boot in the Trace Event Format, which Perfetto (ui.perfetto.dev) and chrome://tracing open: a thread for each module. */
export function formatChromeTrace({ rows, status, durationMs, criticalPath }: Timeline): string {
  const threads = new Map(rows.map(({ id }, index) => [id, index + 1]));
  const named = rows.flatMap(({ id, isCritical }, index) => [
    { name: "thread_name", ph: "M", pid: 1, tid: index + 1, args: { name: isCritical ? `${id} (critical)` : id } },
    { name: "thread_sort_index", ph: "M", pid: 1, tid: index + 1, args: { sort_index: index + 1 } },
  ]);
  const phases = rows.flatMap(({ id, version, isCritical, slackMs, savingMs, phases: own }) =>
    own.map(({ phase, beginMs, durationMs: takenMs }) => ({
      ...{
        name: phase,
        cat: isCritical ? "boot,critical" : "boot",
        ph: "X",
        ts: toMicro(beginMs),
        dur: toMicro(takenMs),
      },
      ...{ pid: 1, tid: threads.get(id), args: { module: id, version, slackMs, savingMs } },
    })),
  );
  const waits = rows.flatMap(({ id, waited }, index) => {
    const from = waited ? threads.get(waited.for) : undefined;
    if (!waited || from === undefined) return [];
    const ready = toMicro(waited.beginMs + waited.durationMs);
    const flow = { name: "waited for", cat: "wait", id: index + 1, pid: 1 };
    return [
      {
        name: `waits for ${waited.for}`,
        cat: "wait",
        ph: "X",
        ts: toMicro(waited.beginMs),
        dur: toMicro(waited.durationMs),
        pid: 1,
        tid: threads.get(id),
      },
      { ...flow, ph: "s", ts: Math.max(0, ready - 1), tid: from },
      { ...flow, ph: "f", bp: "e", ts: ready + 1, tid: threads.get(id) },
    ];
  });
  const process = { name: "process_name", ph: "M", pid: 1, args: { name: "Phasewise boot" } };
  const otherData = { status, durationMs, criticalPath: criticalPath.modules.join(" → ") };
  return JSON.stringify({ displayTimeUnit: "ms", otherData, traceEvents: [process, ...named, ...phases, ...waits] });
}

function toMicro(ms: number): number {
  return Math.round(ms * 1000);
}
