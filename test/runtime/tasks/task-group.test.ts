import { sleep, type TaskGroup, taskGroup, TaskGroupError } from "@phasewise/runtime";
import { fakeClock, type FakeClock } from "@phasewise/runtime/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { listenersOf } from "./listeners-of.js";

let clock: FakeClock;
let events: string[];

beforeEach(() => {
  clock = fakeClock();
  events = [];
});

/** A task that takes some time, and notes how it went. */
const task = (name: string, durationMs: number) => async (signal: AbortSignal) => {
  events.push(`${name} begins`);
  try {
    await sleep(durationMs, { clock, signal });
    events.push(`${name} is done`);
    return name;
  } catch (error) {
    events.push(`${name} is cancelled`);
    throw error;
  }
};

const failingTask = (durationMs: number, error: unknown) => async (signal: AbortSignal) => {
  await sleep(durationMs, { clock, signal });
  throw error;
};

/** How the group ends, within ten seconds of the fake clock. */
async function outcomeOf<T>(group: Promise<T>): Promise<{ value: T } | { error: unknown }> {
  const outcome = group.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  await clock.advance(10_000);
  expect(clock.pending).toBe(0);
  return outcome;
}

/** The failures that the group rejects with. */
async function failuresOf(group: Promise<unknown>): Promise<unknown[]> {
  const outcome = await outcomeOf(group);
  const error = "error" in outcome ? outcome.error : undefined;
  expect(error).toBeInstanceOf(TaskGroupError);
  return (error as TaskGroupError).errors;
}

describe("taskGroup", () => {
  it("gives what its body gives, once all tasks have ended", async () => {
    const group = taskGroup(async (group) => {
      void group.run(task("a", 20));
      void group.run(task("b", 10));
      events.push("body is done");
      return "result";
    });
    const noted = group.then((result) => events.push(result));
    await outcomeOf(noted);
    expect(events).toEqual(["a begins", "b begins", "body is done", "b is done", "a is done", "result"]);
  });

  it("gives each task's outcome to who awaits it", async () => {
    const group = taskGroup(async (group) => Promise.all([group.run(task("a", 20)), group.run(task("b", 10))]));
    expect(await outcomeOf(group)).toEqual({ value: ["a", "b"] });
  });

  it("takes a Failure for a value, which cancels nothing", async () => {
    const failure = { success: false, error: { code: "BUSY", message: "" } };
    const group = taskGroup(async (group) => [await group.run(async () => failure), await group.run(task("a", 10))]);
    expect(await outcomeOf(group)).toEqual({ value: [failure, "a"] });
  });

  it("lets a task begin further tasks, also when the body is done", async () => {
    const group = taskGroup(async (group) => {
      void group.run(async (signal) => {
        await task("a", 10)(signal);
        void group.run(task("b", 10));
      });
    });
    await outcomeOf(group);
    expect(events).toEqual(["a begins", "a is done", "b begins", "b is done"]);
  });
});

describe("a failure in a task group", () => {
  it("cancels the siblings, and comes once, when they have ended", async () => {
    const error = new Error("refused");
    const group = taskGroup(async (group) => {
      void group.run(task("slow", 1_000));
      void group.run(failingTask(10, error));
      void group.run(task("fast", 5));
    });
    expect(await failuresOf(group)).toEqual([error]);
    expect(events).toEqual(["slow begins", "fast begins", "fast is done", "slow is cancelled"]);
  });

  it("is told with its message, and the siblings are told why they are cancelled", async () => {
    let reason: unknown;
    const group = taskGroup(async (group) => {
      group.signal.addEventListener("abort", () => (reason = group.signal.reason));
      void group.run(failingTask(10, new Error("refused")));
    });
    const outcome = await outcomeOf(group);
    expect(outcome).toMatchObject({
      error: { name: "TaskGroupError", code: "TASKS_FAILED", message: "A task of the group failed:\n- refused" },
    });
    expect(reason).toMatchObject({
      code: "CANCELLED",
      message: "The task was cancelled, because another one of its group failed: refused",
      cause: new Error("refused"),
    });
  });

  it("comes with those that happen while the siblings end, in order", async () => {
    const group = taskGroup(async (group) => {
      void group.run(async (signal) => {
        await task("slow", 1_000)(signal).catch(() => {});
        await sleep(50, { clock });
        throw new Error("third");
      });
      void group.run((signal) => task("slow", 1_000)(signal).catch(() => Promise.reject(new Error("second"))));
      void group.run(failingTask(10, new Error("first")));
    });
    expect(await failuresOf(group)).toEqual([new Error("first"), new Error("second"), new Error("third")]);
  });

  it("is not doubled by those who awaited the task", async () => {
    const error = new Error("refused");
    const group = taskGroup(async (group) => {
      const failing = group.run(failingTask(10, error));
      void group.run(() => failing);
      await failing;
    });
    expect(await failuresOf(group)).toEqual([error]);
  });

  it("fails the group even when the body has caught it", async () => {
    const error = new Error("refused");
    const group = taskGroup((group) => group.run(failingTask(10, error)).catch(() => "caught"));
    expect(await failuresOf(group)).toEqual([error]);
  });

  it("may be of the body, whose tasks are cancelled and awaited too", async () => {
    const error = new Error("body");
    const group = taskGroup(async (group) => {
      void group.run(task("a", 1_000));
      await sleep(10, { clock });
      throw error;
    });
    expect(await failuresOf(group)).toEqual([error]);
    expect(events).toEqual(["a begins", "a is cancelled"]);
  });

  it("may be thrown at once, by a body or a task", async () => {
    const throwing = (): Promise<never> => {
      throw new Error("at once");
    };
    expect(await failuresOf(taskGroup(throwing))).toEqual([new Error("at once")]);
    expect(await failuresOf(taskGroup(async (group) => void group.run(throwing)))).toEqual([new Error("at once")]);
  });

  it("may be any value", async () => {
    expect(await failuresOf(taskGroup(() => Promise.reject(undefined)))).toEqual([undefined]);
  });

  it("may be an AbortError, when nobody has cancelled the group", async () => {
    const abort = new DOMException("not ours", "AbortError");
    expect(await failuresOf(taskGroup(() => Promise.reject(abort)))).toEqual([abort]);
  });

  it("is not that a sibling answers the abort with an AbortError of its own", async () => {
    const error = new Error("refused");
    const group = taskGroup(async (group) => {
      void group.run((signal) =>
        task("a", 1_000)(signal).catch(() => Promise.reject(new DOMException("stopped", "AbortError"))),
      );
      void group.run(failingTask(10, error));
    });
    expect(await failuresOf(group)).toEqual([error]);
  });

  it("keeps tasks from beginning that come later", async () => {
    const group = taskGroup(async (group) => {
      await group.run(failingTask(10, new Error("refused"))).catch(() => {});
      await expect(group.run(task("late", 10))).rejects.toMatchObject({ code: "CANCELLED" });
      await expect(group.map(["late"], (name, signal) => task(name, 10)(signal))).rejects.toMatchObject({
        code: "CANCELLED",
      });
    });
    expect(await failuresOf(group)).toEqual([new Error("refused")]);
    expect(events).toEqual([]);
  });
});

describe("a nested task group", () => {
  const nest = (outer: TaskGroup, body: (inner: TaskGroup) => Promise<unknown>) =>
    outer.run((signal) => taskGroup(body, { signal }));

  it("ends within the task that it is in", async () => {
    const group = taskGroup(async (outer) => {
      await nest(outer, async (inner) => void inner.run(task("inner", 10)));
      events.push("inner group is done");
    });
    await outcomeOf(group);
    expect(events).toEqual(["inner begins", "inner is done", "inner group is done"]);
  });

  it("hands its failures on, one by one, and cancels the siblings around it", async () => {
    const [first, second] = [new Error("first"), new Error("second")];
    const group = taskGroup(async (outer) => {
      void outer.run(task("sibling", 1_000));
      void nest(outer, async (inner) => {
        void inner.run((signal) => task("a", 1_000)(signal).catch(() => Promise.reject(second)));
        void inner.run(failingTask(10, first));
      });
    });
    expect(await failuresOf(group)).toEqual([first, second]);
    expect(events).toContain("sibling is cancelled");
  });

  it("is cancelled by a failure around it, which stays the only one", async () => {
    const error = new Error("outer");
    const group = taskGroup(async (outer) => {
      void nest(outer, async (inner) => void inner.run(task("inner", 1_000)));
      void outer.run(failingTask(10, error));
    });
    expect(await failuresOf(group)).toEqual([error]);
    expect(events).toEqual(["inner begins", "inner is cancelled"]);
  });

  it("does not make a failure of a cancellation that it was not told about", async () => {
    const error = new Error("outer");
    const group = taskGroup(async (outer) => {
      void outer.run((signal) => taskGroup((inner) => inner.run(() => task("inner", 1_000)(signal))));
      void outer.run(failingTask(10, error));
    });
    expect(await failuresOf(group)).toEqual([error]);
  });

  it("may fail without harm to the group around it, when its task catches that", async () => {
    const group = taskGroup((outer) =>
      outer.run((signal) =>
        taskGroup((inner) => inner.run(failingTask(10, new Error("inner"))), { signal }).catch(() => "caught"),
      ),
    );
    expect(await outcomeOf(group)).toEqual({ value: "caught" });
  });
});

describe("a task group that is cancelled from outside", () => {
  it("rejects with the reason, after its tasks have ended", async () => {
    const controller = new AbortController();
    const group = taskGroup(
      async (group) => {
        void group.run(async (signal) => {
          await task("a", 1_000)(signal).catch(() => {});
          await sleep(50, { clock });
          events.push("a has cleaned up");
        });
      },
      { signal: controller.signal },
    );
    controller.abort("enough");
    const noted = group.catch((reason: unknown) => events.push(`rejects: ${reason}`));
    await outcomeOf(noted);
    expect(events).toEqual(["a begins", "a is cancelled", "a has cleaned up", "rejects: enough"]);
  });

  it("does not run its body when that was before", async () => {
    const group = taskGroup(async () => void events.push("body"), { signal: AbortSignal.abort("enough") });
    expect(await outcomeOf(group)).toEqual({ error: "enough" });
    expect(events).toEqual([]);
  });

  it("tells the failures that happened nevertheless", async () => {
    const controller = new AbortController();
    const error = new Error("cannot clean up");
    const group = taskGroup(
      (group) => group.run((signal) => task("a", 1_000)(signal).catch(() => Promise.reject(error))),
      { signal: controller.signal },
    );
    controller.abort("enough");
    expect(await failuresOf(group)).toEqual([error]);
  });

  it("is not touched by an abort after its end", async () => {
    const controller = new AbortController();
    const group = await taskGroup(async (group) => group, { signal: controller.signal });
    const reason = group.signal.reason;
    controller.abort("too late");
    expect(group.signal.reason).toBe(reason);
  });
});

describe("maxConcurrency", () => {
  it("lets no more tasks run at the same time, and begins them in order", async () => {
    const group = taskGroup(
      async (group) => {
        void group.run(task("a", 10));
        void group.run(task("b", 20));
        void group.run(task("c", 30));
      },
      { maxConcurrency: 2 },
    );
    await outcomeOf(group);
    expect(events).toEqual(["a begins", "b begins", "a is done", "c begins", "b is done", "c is done"]);
  });

  it("is free again for the next task when one has ended", async () => {
    const group = taskGroup(
      async (group) => {
        await group.run(task("a", 10));
        return group.run(task("b", 10));
      },
      { maxConcurrency: 1 },
    );
    expect(await outcomeOf(group)).toEqual({ value: "b" });
  });

  it("does not begin what still waits when the group is cancelled, and tells so at once", async () => {
    const controller = new AbortController();
    let hasRejected = false;
    const group = taskGroup(
      async (group) => {
        void group.run(() => sleep(1_000, { clock }));
        await group.run(task("waiting", 10)).catch(() => (hasRejected = true));
      },
      { maxConcurrency: 1, signal: controller.signal },
    );
    const outcome = outcomeOf(group.catch((error: unknown) => ({ error, atMs: clock.now() })));
    controller.abort("enough");
    await clock.advance(0);
    expect(hasRejected).toBe(true);
    expect(await outcome).toEqual({ value: { error: "enough", atMs: 1_000 } });
    expect(events).toEqual([]);
  });

  it("lets nobody wait for a place in a group that was cancelled", async () => {
    const controller = new AbortController();
    const refusedMs: number[] = [];
    const note = () => refusedMs.push(clock.now());
    const group = taskGroup(
      async (group) => {
        void group.run(() => sleep(1_000, { clock }));
        await sleep(10, { clock });
        controller.abort("enough");
        group.run(task("late", 10)).catch(note);
        group.map(["late"], (name, signal) => task(name, 10)(signal)).catch(note);
      },
      { maxConcurrency: 1, signal: controller.signal },
    );
    expect(await outcomeOf(group)).toEqual({ error: "enough" });
    expect(refusedMs).toEqual([10, 10]);
    expect(events).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])("may not be %s", async (maxConcurrency) => {
    await expect(taskGroup(async () => {}, { maxConcurrency })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });

  it.each([1, 2, Infinity])("may be %s", async (maxConcurrency) => {
    await expect(taskGroup(async () => "done", { maxConcurrency })).resolves.toBe("done");
  });
});

describe("group.map", () => {
  it("gives the outcomes in the order of the items, with each item's index", async () => {
    const group = taskGroup((group) =>
      group.map([30, 10, 20], async (ms, signal, index) => {
        await sleep(ms, { clock, signal });
        return `${index}: ${ms}`;
      }),
    );
    expect(await outcomeOf(group)).toEqual({ value: ["0: 30", "1: 10", "2: 20"] });
  });

  it("takes the next item of an async source when a task may begin", async () => {
    async function* source() {
      for (const name of ["a", "b", "c"]) {
        events.push(`takes ${name}`);
        yield name;
      }
    }
    const group = taskGroup((group) => group.map(source(), (name, signal) => task(name, 10)(signal)), {
      maxConcurrency: 1,
    });
    await clock.advance(0);
    expect(events).toEqual(["takes a", "a begins", "takes b"]);
    expect(await outcomeOf(group)).toEqual({ value: ["a", "b", "c"] });
  });

  it("stops an endless source, and closes it, when a task fails", async () => {
    function* source() {
      try {
        for (let number = 1; ; number++) yield number;
      } finally {
        events.push("source is closed");
      }
    }
    const error = new Error("refused");
    const group = taskGroup(
      (group) =>
        group.map(source(), async (number, signal) => {
          await sleep(10, { clock, signal });
          if (number === 5) throw error;
        }),
      { maxConcurrency: 2 },
    );
    expect(await failuresOf(group)).toEqual([error]);
    expect(events).toEqual(["source is closed"]);
  });

  it("fails the group when the source fails, also when nobody awaits it", async () => {
    async function* source() {
      yield "a";
      throw new Error("source");
    }
    const group = taskGroup(async (group) => {
      void group.map(source(), (name, signal) => task(name, 1_000)(signal));
    });
    expect(await failuresOf(group)).toEqual([new Error("source")]);
    expect(events).toEqual(["a begins", "a is cancelled"]);
  });

  it("keeps the group open until its source has ended", async () => {
    async function* source() {
      await sleep(50, { clock });
      yield "a";
    }
    await outcomeOf(taskGroup(async (group) => void group.map(source(), (name, signal) => task(name, 10)(signal))));
    expect(events).toEqual(["a begins", "a is done"]);
  });

  it("gives nothing for no items", async () => {
    expect(await outcomeOf(taskGroup((group) => group.map([], async () => 1)))).toEqual({ value: [] });
  });
});

describe("a task group that has ended", () => {
  it("refuses further tasks", async () => {
    const group = await taskGroup(async (group) => group);
    expect(() => group.run(task("late", 10))).toThrow(
      expect.objectContaining({
        code: "GROUP_CLOSED",
        message: "group.run was called after its task group had ended. Call it before the body and all tasks are done.",
      }),
    );
    expect(() => group.map([], async () => {})).toThrow(expect.objectContaining({ code: "GROUP_CLOSED" }));
  });

  it("has aborted its signals, so that even a promise which nobody awaited ends", async () => {
    const group = taskGroup(async (group) => {
      void sleep(60_000, { clock, signal: group.signal }).catch(() => events.push("stray sleep ends"));
      await group.run(async (signal) => {
        void sleep(60_000, { clock, signal }).catch(() => events.push("stray sleep of a task ends"));
      });
    });
    await outcomeOf(group);
    expect(events.sort()).toEqual(["stray sleep ends", "stray sleep of a task ends"]);
  });

  it("has left the signal that it was given", async () => {
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    await taskGroup(async (group) => void group.run(async () => expect(listeners.size).toBe(1)), { signal });
    expect(listeners.size).toBe(0);
  });
});

it("a thousand tasks may wait for the signal of their group without a warning", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on("warning", note);
  await outcomeOf(taskGroup((group) => group.map(Array(1_000).fill(10), (ms, signal) => sleep(ms, { clock, signal }))));
  process.off("warning", note);
  expect(warnings).toEqual([]);
});
