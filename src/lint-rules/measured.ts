import { wantsTimes, writeNote } from "./gate-notes.js";

/** What is running: the time of what runs within it, which is not its own. */
interface Running {
  inner: number;
}

const running: Running[] = [];
const milliseconds: Record<string, number> = {};
if (wantsTimes) process.once("exit", () => writeNote?.({ kind: "times", milliseconds }));

/** The very same function, unless the gate asks for times: then one whose own time counts under the name. */
export function measured<Given extends unknown[], Answer>(
  name: string,
  work: (...given: Given) => Answer,
): (...given: Given) => Answer {
  if (!wantsTimes) return work;
  return function (this: unknown, ...given) {
    const begin = performance.now();
    const own: Running = { inner: 0 };
    running.push(own);
    try {
      return work.apply(this, given);
    } finally {
      running.pop();
      const whole = performance.now() - begin;
      milliseconds[name] = (milliseconds[name] ?? 0) + whole - own.inner;
      const around = running.at(-1);
      if (around) around.inner += whole;
    }
  };
}
