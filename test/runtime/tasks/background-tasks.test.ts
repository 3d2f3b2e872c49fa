import { Result, sleep } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { BackgroundTasks } from "../../../src/runtime/tasks/background-tasks.js";
import { Scope } from "../../../src/runtime/tasks/scope.js";

/** Background tasks, and what they told about failures. */
function recorded(parent?: Scope) {
  const failures: [string, unknown][] = [];
  return { failures, tasks: new BackgroundTasks((name, error) => void failures.push([name, error]), parent) };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

describe("BackgroundTasks", () => {
  it("names those that are running", async () => {
    const clock = fakeClock();
    const { tasks } = recorded();
    tasks.run("short", (signal) => sleep(10, { clock, signal }));
    tasks.run("long", (signal) => sleep(20, { clock, signal }));
    expect(tasks.names).toEqual(["short", "long"]);
    await clock.advance(10);
    expect(tasks.names).toEqual(["long"]);
    await clock.advance(10);
    expect(tasks.names).toEqual([]);
  });

  it("tells each failure once, whether it was thrown, rejected or answered", async () => {
    const { tasks, failures } = recorded();
    const error = new Error("refused");
    const failure = Result.error("BUSY", "later");
    tasks.run("rejects", () => Promise.reject(error));
    tasks.run("throws", () => {
      throw error;
    });
    tasks.run("answers", async () => failure);
    tasks.run("succeeds", async () => Result.success(1));
    await tasks.stop();
    expect(failures).toHaveLength(3);
    expect(failures).toEqual(
      expect.arrayContaining([
        ["rejects", error],
        ["throws", error],
        ["answers", failure],
      ]),
    );
  });

  it("cancels and awaits all at stop, and takes the answer to that for no failure", async () => {
    const clock = fakeClock();
    const { tasks, failures } = recorded();
    let isCleanedUp = false;
    tasks.run("rejects with the reason", untilAborted);
    tasks.run("answers with the reason", (signal) => Result.attempt("STOPPED", () => untilAborted(signal)));
    tasks.run("rejects with an AbortError", (signal) =>
      untilAborted(signal).catch((cause) => Promise.reject(new DOMException(String(cause), "AbortError"))),
    );
    tasks.run("cleans up", async (signal) => {
      await untilAborted(signal).catch(() => {});
      await sleep(50, { clock });
      isCleanedUp = true;
    });
    const stopping = tasks.stop();
    await clock.advance(50);
    await stopping;
    expect(isCleanedUp).toBe(true);
    expect(tasks.names).toEqual([]);
    expect(failures).toEqual([]);
  });

  it("tells what goes wrong while a task is cancelled", async () => {
    const { tasks, failures } = recorded();
    const error = new Error("cannot clean up");
    tasks.run("broken", (signal) => untilAborted(signal).catch(() => Promise.reject(error)));
    await tasks.stop();
    expect(failures).toEqual([["broken", error]]);
  });

  it("begins nothing after stop, and stops as often as it is told to", async () => {
    const { tasks } = recorded();
    await Promise.all([tasks.stop(), tasks.stop()]);
    expect(() => tasks.run("late", async () => {})).toThrow(
      expect.objectContaining({
        code: "TASKS_STOPPED",
        message: 'The background task "late" was not begun, because its module is stopping. Begin it before that.',
      }),
    );
  });

  it("is cancelled with the scope that it belongs to", async () => {
    const scope = new Scope();
    const { tasks, failures } = recorded(scope);
    let reason: unknown;
    tasks.run("waits", (signal) => untilAborted(signal).catch((error: unknown) => (reason = error)));
    scope.end("over");
    await tasks.stop();
    expect(reason).toBe("over");
    expect(failures).toEqual([]);
    expect(() => tasks.run("late", async () => {})).toThrow(expect.objectContaining({ code: "TASKS_STOPPED" }));
  });
});
