import { AsyncLocalStorage } from "node:async_hooks";
import { Result, sleep } from "@phasewise/runtime";
import { TaskPriority, TaskRunner, TaskRunnerError, type TaskRunnerOptions } from "@phasewise/runtime/tasks";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { listenersOf } from "./listeners-of.js";

let clock: FakeClock;
let events: string[];

beforeEach(() => {
  clock = fakeClock();
  events = [];
});

const runnerOf = (options: TaskRunnerOptions) => new TaskRunner({ clock, ...options });

/** A task that takes some time, and notes how it went. */
const task = (name: string, durationMs: number) => async (signal: AbortSignal) => {
  events.push(`${name} begins`);
  try {
    await sleep(durationMs, { clock, signal });
    events.push(`${name} is done`);
    return name;
  } catch (error) {
    events.push(`${name} is aborted`);
    throw error;
  }
};

/** A task that does not look at its signal. */
const stubbornTask = (name: string, durationMs: number) => () => task(name, durationMs)(new AbortController().signal);

/** Notes when the promise settles, and how. */
function note(name: string, promise: Promise<unknown>): void {
  promise.then(
    (value) => events.push(`${name} gives ${describeOutcome(value)}`),
    (error: unknown) => events.push(`${name} rejects with ${describeOutcome(error)}`),
  );
}

function describeOutcome(value: unknown): string {
  const { success, data, error } = (value ?? {}) as { success?: boolean; data?: unknown; error?: { code: string } };
  return success === undefined ? String(value) : String(success ? data : error?.code);
}

describe("runner.submit", () => {
  it("begins a task at once when a worker is free", () => {
    void runnerOf({ maxWorkers: 1 }).submit(task("a", 10));
    expect(events).toEqual(["a begins"]);
  });

  it("runs at most so many tasks as there are workers, and the others in order", async () => {
    const runner = runnerOf({ maxWorkers: 2 });
    for (const name of ["a", "b", "c", "d"]) void runner.submit(task(name, 10));
    expect([runner.running, runner.queued]).toEqual([2, 2]);
    await clock.advance(10);
    expect([runner.running, runner.queued]).toEqual([2, 0]);
    await clock.advance(10);
    expect([runner.running, runner.queued]).toEqual([0, 0]);
    expect(events).toEqual(
      ["a", "b", "c", "d"]
        .flatMap((name, index, names) => {
          const before = names[index - 2];
          return before ? [`${before} is done`, `${name} begins`] : [`${name} begins`];
        })
        .concat("c is done", "d is done"),
    );
  });

  it("gives a value as the data of a Success", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    expect(await runner.submit(async () => 1)).toEqual({ success: true, data: 1 });
    expect(await runner.submit(async () => {})).toEqual({ success: true, data: undefined });
    expect(await runner.submit(async () => ({ success: true }))).toEqual({ success: true, data: { success: true } });
  });

  it("gives a Result as it is", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const [success, failure] = [Result.success(1), Result.error("NOT_FOUND", "there is none")];
    expect(await runner.submit(async () => success)).toBe(success);
    expect(await runner.submit(async () => failure)).toBe(failure);
  });

  it("rejects with what a task throws or rejects with, and goes on", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const error = new Error("the disk is full");
    const throwing = () => {
      throw error;
    };
    await expect(runner.submit(throwing)).rejects.toBe(error);
    await expect(runner.submit(async () => Promise.reject("no error"))).rejects.toBe("no error");
    expect(await runner.submit(async () => 1)).toEqual({ success: true, data: 1 });
    expect(runner.running).toBe(0);
  });

  it("runs a hundred thousand tasks that throw at once, without running out of stack", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const throwing = () => {
      throw "no";
    };
    const submitted = Array.from({ length: 100_000 }, () => runner.submit(throwing).catch(() => 1));
    expect((await Promise.all(submitted)).length).toBe(100_000);
  });

  it("gives each task a signal that has not aborted", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const read = async (signal: AbortSignal) => signal.aborted;
    expect(await runner.submit(read)).toEqual({ success: true, data: false });
    expect(await runner.submit(read, { timeoutMs: 10 })).toEqual({ success: true, data: false });
    expect(await runner.submit(read, { signal: new AbortController().signal })).toEqual({ success: true, data: false });
  });

  it("gives none of these signals to all tasks, so that a listener that one forgets goes with it", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const signals = new Set<AbortSignal>();
    const note = async (signal: AbortSignal) => void signals.add(signal);
    for (let number = 0; number < 1_000; number++) await runner.submit(note);
    expect(signals.size).toBeGreaterThan(1);
  });

  it("goes by the clock of the work around the runner", async () => {
    const runner = clock.run(() => new TaskRunner({ maxWorkers: 1 }));
    note("a", runner.submit(task("a", 100), { timeoutMs: 20 }));
    await clock.advance(20);
    expect(events).toEqual(["a begins", "a gives TIMED_OUT", "a is aborted"]);
  });

  it("runs a task in the async context of its submitter, however long it waited", async () => {
    const user = new AsyncLocalStorage<string>();
    const runner = runnerOf({ maxWorkers: 1 });
    const whoami = async () => {
      const before = user.getStore();
      await sleep(10, { clock });
      return `${before} ${user.getStore()}`;
    };
    const submitted = ["ann", "bob", "eve"].map((name) => user.run(name, () => runner.submit(whoami)));
    await clock.advance(30);
    const names = (await Promise.all(submitted)).map((result) => result.success && result.data);
    expect(names).toEqual(["ann ann", "bob bob", "eve eve"]);
  });

  it("lets a task submit further ones, which wait behind those that came before", async () => {
    const runner = runnerOf({ maxWorkers: 2 });
    runner.pause();
    void runner.submit(async (signal) => {
      void runner.submit(task("inner", 10));
      return task("a", 10)(signal);
    });
    void runner.submit(task("b", 10));
    runner.resume();
    await clock.advance(20);
    expect(events.filter((event) => event.endsWith("begins"))).toEqual(["a begins", "b begins", "inner begins"]);
  });
});

describe("the priority of a task", () => {
  /** The order in which one worker begins tasks that were submitted at these moments. */
  async function orderOf(tasks: readonly (readonly [name: string, atMs: number, priority?: TaskPriority])[]) {
    const runner = runnerOf({ maxWorkers: 1, agingMs: 100 });
    const order: string[] = [];
    runner.pause();
    for (const [name, atMs, priority] of tasks) {
      await clock.advance(atMs - clock.now());
      void runner.submit(async () => void order.push(name), { priority });
    }
    runner.resume();
    await runner.drain();
    return order;
  }

  it("orders those that wait, the first of the same priority first, and NORMAL is the default", async () => {
    const tasks = [
      ["low 1", 0, "LOW"],
      ["normal 1", 0],
      ["high 1", 0, "HIGH"],
      ["critical 1", 0, TaskPriority.CRITICAL],
      ["critical 2", 0, "CRITICAL"],
      ["high 2", 0, "HIGH"],
      ["normal 2", 0, "NORMAL"],
      ["low 2", 0, "LOW"],
    ] as const;
    const expected = ["critical 1", "critical 2", "high 1", "high 2", "normal 1", "normal 2", "low 1", "low 2"];
    expect(await orderOf(tasks)).toEqual(expected);
  });

  it.each([
    ["HIGH", 99, ["high", "low"]],
    ["HIGH", 200, ["low", "high"]],
    ["CRITICAL", 299, ["critical", "low"]],
    ["CRITICAL", 300, ["low", "critical"]],
  ] as const)(
    "lets %s, submitted at %s ms, begin in this order with an older LOW: %s",
    async (priority, atMs, order) => {
      expect(
        await orderOf([
          ["low", 0, "LOW"],
          [priority.toLowerCase(), atMs, priority],
        ]),
      ).toEqual(order);
    },
  );

  it("lets no task starve under an endless load of urgent ones", async () => {
    const runner = runnerOf({ maxWorkers: 1, agingMs: 100 });
    let lowBegan: number | undefined;
    const urgent = () => sleep(10, { clock });
    void runner.submit(urgent);
    void runner.submit(async () => void (lowBegan = clock.now()), { priority: "LOW" });
    for (let submitted = 0; submitted < 100; submitted++) {
      void runner.submit(urgent, { priority: "CRITICAL" });
      void runner.submit(urgent, { priority: "CRITICAL" });
      await clock.advance(10);
    }
    // Those of the first 300 ms come first: two every 10 ms, each for 10 ms.
    expect(lowBegan).toBe(610);
  });

  it("does not interrupt one that runs", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    void runner.submit(task("low", 10), { priority: "LOW" });
    void runner.submit(task("critical", 10), { priority: "CRITICAL" });
    await clock.advance(20);
    expect(events).toEqual(["low begins", "low is done", "critical begins", "critical is done"]);
  });
});

describe("the signal of a submitter", () => {
  it("that has aborted before rejects at once, before anything is begun", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    await expect(runner.submit(task("a", 10), { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(events).toEqual([]);
  });

  it("takes a task that waits out of the queue at once", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 1 });
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    void runner.submit(task("a", 10));
    const waiting = runner.submit(task("b", 10), { signal: controller.signal });
    expect([runner.queued, listeners.size]).toEqual([1, 1]);
    controller.abort("enough");
    expect([runner.queued, listeners.size]).toEqual([0, 0]);
    await expect(waiting).rejects.toBe("enough");
    note("c", runner.submit(task("c", 10)));
    await clock.advance(20);
    expect(events).toEqual(["a begins", "a is done", "c begins", "c is done", "c gives c"]);
  });

  it("takes the one out that it belongs to, from the middle of the others", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const controller = new AbortController();
    void runner.submit(task("a", 10));
    const submitted = ["b", "c", "d"].map((name) => {
      return runner.submit(task(name, 10), { signal: name === "c" ? controller.signal : undefined });
    });
    controller.abort("enough");
    await expect(submitted[1]).rejects.toBe("enough");
    await clock.advance(30);
    expect(events.filter((event) => event.endsWith("done"))).toEqual(["a is done", "b is done", "d is done"]);
  });

  it("aborts a task that runs, and rejects at once", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const controller = new AbortController();
    const running = runner.submit(task("a", 10), { signal: controller.signal });
    controller.abort("enough");
    await expect(running).rejects.toBe("enough");
    expect(events).toEqual(["a begins", "a is aborted"]);
    expect([runner.running, clock.pending]).toEqual([0, 0]);
  });

  it("rejects also when the task itself aborts it while it begins", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const controller = new AbortController();
    const aborting = async (signal: AbortSignal) => {
      controller.abort("enough");
      await sleep(10, { clock, signal });
    };
    await expect(runner.submit(aborting, { signal: controller.signal })).rejects.toBe("enough");
    await clock.advance(0);
    expect([runner.running, clock.pending]).toEqual([0, 0]);
  });

  it("does not free the worker before the task has ended", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const controller = new AbortController();
    const running = runner.submit(stubbornTask("a", 10), { signal: controller.signal });
    void runner.submit(task("b", 10));
    controller.abort("enough");
    await expect(running).rejects.toBe("enough");
    expect([runner.running, runner.queued]).toEqual([1, 1]);
    await clock.advance(10);
    expect(events).toEqual(["a begins", "a is done", "b begins"]);
  });

  it("may be shared by many: it is listened to once, and aborts each task of its own", async () => {
    const runner = runnerOf({ maxWorkers: 2 });
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    const names = ["a", "b", "c", "d"];
    for (const name of names) note(name, runner.submit(task(name, 10), { signal: controller.signal }));
    await clock.advance(10);
    expect(listeners.size).toBe(1);
    controller.abort("enough");
    await clock.advance(0);
    expect(events.filter((event) => event.includes("gives"))).toEqual(["a gives a", "b gives b"]);
    expect(events.filter((event) => event.includes("rejects"))).toEqual([
      "c rejects with enough",
      "d rejects with enough",
    ]);
    expect([runner.running, runner.queued]).toEqual([0, 0]);
  });

  it("leaves the others alone, and no listener behind", async () => {
    const runner = runnerOf({ maxWorkers: 2 });
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    note("a", runner.submit(task("a", 10), { signal: controller.signal }));
    note("b", runner.submit(task("b", 20)));
    expect(listeners.size).toBe(1);
    await clock.advance(10);
    expect(listeners.size).toBe(0);
    controller.abort("too late");
    await clock.advance(10);
    expect(events.slice(2)).toEqual(["a is done", "a gives a", "b is done", "b gives b"]);
  });
});

describe("the time limit of a task", () => {
  it("answers TIMED_OUT, and aborts the signal of the task", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    let reason: unknown;
    const waiting = async (signal: AbortSignal) => {
      await sleep(100, { clock, signal }).finally(() => (reason = signal.reason));
    };
    const submitted = runner.submit(waiting, { timeoutMs: 20 });
    await clock.advance(20);
    const message = "The task was not done after 20 ms. Let it end sooner, or raise timeoutMs.";
    const result = await submitted;
    expect(result).toMatchObject({ success: false, error: { code: "TIMED_OUT", message, cause: reason } });
    expect(reason).toMatchObject({ name: "TaskError", code: "TIMED_OUT" });
    expect([runner.running, clock.pending]).toEqual([0, 0]);
  });

  it("counts from when the task begins, not from when it was submitted", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    note("a", runner.submit(task("a", 15), { timeoutMs: 20 }));
    note("b", runner.submit(task("b", 15), { timeoutMs: 20 }));
    await clock.advance(30);
    expect(events.filter((event) => event.includes("gives"))).toEqual(["a gives a", "b gives b"]);
    expect(clock.pending).toBe(0);
  });

  it("keeps the worker of a task that ignores its signal until it has ended", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    note("a", runner.submit(stubbornTask("a", 50), { timeoutMs: 20 }));
    note("b", runner.submit(task("b", 10)));
    await clock.advance(20);
    expect(events).toEqual(["a begins", "a gives TIMED_OUT"]);
    expect([runner.running, runner.queued]).toEqual([1, 1]);
    await clock.advance(40);
    expect(events.slice(2)).toEqual(["a is done", "b begins", "b is done", "b gives b"]);
  });

  it("leaves no late rejection unhandled", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const failing = () => sleep(50, { clock }).then(() => Promise.reject(new Error("late")));
    note("a", runner.submit(failing, { timeoutMs: 20 }));
    await clock.advance(50);
    expect(events).toEqual(["a gives TIMED_OUT"]);
  });
});

describe("a runner with a limited queue", () => {
  it("answers QUEUE_FULL at once when workers and queue are taken", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 2 });
    for (const name of ["a", "b", "c", "d"]) note(name, runner.submit(task(name, 10)));
    await clock.advance(0);
    expect(events).toEqual(["a begins", "d gives QUEUE_FULL"]);
    expect(runner.queued).toBe(2);
    const { error } = (await runner.submit(task("e", 10))) as { error: { message: string } };
    expect(error.message).toBe(
      "No worker is free, and 2 tasks are queued already. Await runner.whenRoom() first, or raise maxQueueSize.",
    );
  });

  it("takes tasks without a queue only when a worker is free", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 0 });
    note("a", runner.submit(task("a", 10)));
    note("b", runner.submit(task("b", 10)));
    await clock.advance(10);
    note("c", runner.submit(task("c", 10)));
    await clock.advance(10);
    expect(events.filter((event) => event.includes("gives"))).toEqual(["b gives QUEUE_FULL", "a gives a", "c gives c"]);
  });

  it("tells when there is room: at once, or when a task leaves the queue", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 1 });
    await runner.whenRoom();
    void runner.submit(task("a", 10));
    await runner.whenRoom();
    void runner.submit(task("b", 10));
    note("room", runner.whenRoom());
    await clock.advance(9);
    expect(events).toEqual(["a begins"]);
    await clock.advance(1);
    expect(events).toEqual(["a begins", "a is done", "b begins", "room gives undefined"]);
  });

  it("tells of the room that an abort makes", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 1 });
    const controller = new AbortController();
    void runner.submit(task("a", 10));
    note("b", runner.submit(task("b", 10), { signal: controller.signal }));
    note("room", runner.whenRoom());
    controller.abort("enough");
    await clock.advance(0);
    expect(events).toEqual(["a begins", "b rejects with enough", "room gives undefined"]);
  });

  it("tells those who wait one after the other, so that none of them is refused", async () => {
    const runner = runnerOf({ maxWorkers: 2, maxQueueSize: 3 });
    const produce = async (name: string) => {
      for (let number = 1; number <= 5; number++) {
        await runner.whenRoom();
        note(
          `${name}${number}`,
          runner.submit(() => sleep(number, { clock })),
        );
      }
    };
    const producing = Promise.all(["a", "b", "c", "d"].map(produce));
    await clock.advance(100);
    await producing;
    expect(events).toHaveLength(20);
    expect(events.filter((event) => !event.endsWith("undefined"))).toEqual([]);
  });

  it("does not keep the room for one who does not want it after all", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 0 });
    void runner.submit(task("a", 10));
    note("first", runner.whenRoom());
    note("second", runner.whenRoom());
    await clock.advance(10);
    expect(events.slice(2)).toEqual(["first gives undefined", "second gives undefined"]);
  });

  it("stops waiting for room when the signal aborts", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 0 });
    void runner.submit(task("a", 10));
    const controller = new AbortController();
    const waiting = runner.whenRoom({ signal: controller.signal });
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    await expect(runner.whenRoom({ signal: controller.signal })).rejects.toBe("enough");
    note("next", runner.whenRoom());
    await clock.advance(10);
    expect(events.at(-1)).toBe("next gives undefined");
  });
});

describe("runner.gather", () => {
  it("gives a Result for each, in the order given, whichever ends first", async () => {
    const runner = runnerOf({ maxWorkers: 2 });
    const gathering = runner.gather([task("a", 30), task("b", 10), async () => 1]);
    await clock.advance(30);
    expect(await gathering).toEqual(["a", "b", 1].map((data) => ({ success: true, data })));
  });

  it("gives failures of every kind beside successes", async () => {
    const runner = runnerOf({ maxWorkers: 5 });
    const cause = new Error("refused");
    const failure = Result.error("NOT_FOUND", "there is none");
    const works = [() => Promise.reject(cause), async () => failure, task("slow", 100), async () => Result.success(1)];
    const gathering = runner.gather(works, { timeoutMs: 20 });
    await clock.advance(20);
    expect(await gathering).toMatchObject([
      { success: false, error: { code: "REJECTED", message: "refused", cause } },
      failure,
      { success: false, error: { code: "TIMED_OUT" } },
      { success: true, data: 1 },
    ]);
  });

  it("waits for room where the queue is full, and keeps the order", async () => {
    const runner = runnerOf({ maxWorkers: 2, maxQueueSize: 1 });
    const names = ["a", "b", "c", "d", "e", "f"];
    const gathering = runner.gather(names.map((name) => task(name, 10)));
    await clock.advance(0);
    expect([runner.running, runner.queued]).toEqual([2, 1]);
    await clock.advance(30);
    expect(await gathering).toEqual(names.map((data) => ({ success: true, data })));
    const begun = events.filter((event) => event.endsWith("begins"));
    expect(begun).toEqual(names.map((name) => `${name} begins`));
  });

  it("rejects when the signal aborts, which aborts the tasks that run and takes the others out", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 1 });
    const controller = new AbortController();
    const gathering = runner.gather(
      ["a", "b", "c"].map((name) => task(name, 10)),
      { signal: controller.signal },
    );
    await clock.advance(5);
    controller.abort("enough");
    await expect(gathering).rejects.toBe("enough");
    expect(events).toEqual(["a begins", "a is aborted"]);
    expect([runner.running, runner.queued]).toEqual([0, 0]);
    await expect(runner.gather([task("d", 10)], { signal: controller.signal })).rejects.toBe("enough");
  });

  it("submits all with the priority that is given", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    runner.pause();
    void runner.submit(task("normal", 0));
    const gathering = runner.gather([task("high 1", 0), task("high 2", 0)], { priority: "HIGH" });
    await clock.advance(0);
    runner.resume();
    await clock.advance(0);
    await gathering;
    const begun = events.filter((event) => event.endsWith("begins"));
    expect(begun).toEqual(["high 1 begins", "high 2 begins", "normal begins"]);
  });

  it("gives nothing for nothing", async () => {
    expect(await runnerOf({ maxWorkers: 1 }).gather([])).toEqual([]);
  });

  it("refuses a promise in place of a work before any is begun", async () => {
    const works = [task("a", 10), task("b", 10)(new AbortController().signal)] as never;
    events = [];
    await expect(runnerOf({ maxWorkers: 1 }).gather(works)).rejects.toMatchObject({
      code: "NOT_A_FUNCTION",
      message: "runner.gather takes a function that begins the work, not a promise: write runner.gather(() => …).",
    });
    expect(events).toEqual([]);
  });
});

describe("runner.drain", () => {
  it("fulfils at once when nothing is there to do", async () => {
    await expect(runnerOf({ maxWorkers: 1 }).drain()).resolves.toBeUndefined();
  });

  it("fulfils when no task runs and none waits, after the submitters were answered", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    note("a", runner.submit(task("a", 10)));
    note("b", runner.submit(task("b", 10)));
    note("first", runner.drain());
    note("second", runner.drain());
    await clock.advance(19);
    expect(events).toEqual(["a begins", "a is done", "b begins", "a gives a"]);
    await clock.advance(1);
    expect(events.slice(-3)).toEqual(["b gives b", "first gives undefined", "second gives undefined"]);
  });

  it("counts a task that was answered and has not ended", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    note("a", runner.submit(stubbornTask("a", 30), { timeoutMs: 10 }));
    note("drain", runner.drain());
    await clock.advance(29);
    expect(events).toEqual(["a begins", "a gives TIMED_OUT"]);
    await clock.advance(1);
    expect(events.slice(2)).toEqual(["a is done", "drain gives undefined"]);
  });

  it("fulfils when the last task that waited is aborted", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    runner.pause();
    const controller = new AbortController();
    note("a", runner.submit(task("a", 10), { signal: controller.signal }));
    note("drain", runner.drain());
    await clock.advance(10);
    expect(events).toEqual([]);
    controller.abort("enough");
    await clock.advance(0);
    expect(events).toEqual(["a rejects with enough", "drain gives undefined"]);
  });

  it("stops waiting when the signal aborts, and leaves the tasks alone", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const controller = new AbortController();
    note("a", runner.submit(task("a", 10)));
    const draining = runner.drain({ signal: controller.signal });
    controller.abort("enough");
    await expect(draining).rejects.toBe("enough");
    await clock.advance(10);
    expect(events.at(-1)).toBe("a gives a");
    await expect(runner.drain({ signal: controller.signal })).rejects.toBe("enough");
  });
});

describe("waiting that has ended", () => {
  it("leaves no listener at the signal", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 0 });
    const { signal } = new AbortController();
    const listeners = listenersOf(signal);
    void runner.submit(task("a", 10));
    note("room", runner.whenRoom({ signal }));
    note("drain", runner.drain({ signal }));
    expect(listeners.size).toBe(2);
    await clock.advance(10);
    expect(events.slice(2)).toEqual(["room gives undefined", "drain gives undefined"]);
    expect(listeners.size).toBe(0);
  });
});

describe("runner.pause", () => {
  it("begins no further task until resume, and lets those go on that run", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    void runner.submit(task("a", 10));
    void runner.submit(task("b", 10));
    runner.pause();
    void runner.submit(task("c", 10));
    expect(runner.isPaused).toBe(true);
    await clock.advance(100);
    expect(events).toEqual(["a begins", "a is done"]);
    expect([runner.running, runner.queued]).toEqual([0, 2]);
    runner.resume();
    expect(runner.isPaused).toBe(false);
    await clock.advance(20);
    expect(events.slice(2)).toEqual(["b begins", "b is done", "c begins", "c is done"]);
  });

  it("fills all free workers at resume", () => {
    const runner = runnerOf({ maxWorkers: 2 });
    runner.pause();
    for (const name of ["a", "b", "c"]) void runner.submit(task(name, 10));
    runner.resume();
    expect(events).toEqual(["a begins", "b begins"]);
  });

  it("counts no free worker as room", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 1 });
    runner.pause();
    note("a", runner.submit(task("a", 10)));
    note("b", runner.submit(task("b", 10)));
    note("room", runner.whenRoom());
    await clock.advance(0);
    expect(events).toEqual(["b gives QUEUE_FULL"]);
    runner.resume();
    await clock.advance(0);
    expect(events.slice(1)).toEqual(["a begins", "room gives undefined"]);
  });
});

describe("runner.close", () => {
  it("takes no further task, and runs those that it has to the end", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    note("a", runner.submit(task("a", 10)));
    note("b", runner.submit(task("b", 10)));
    note("close", runner.close());
    note("c", runner.submit(task("c", 10)));
    await clock.advance(20);
    const answers = events.filter((event) => event.includes("gives"));
    expect(answers).toEqual(["c gives CLOSED", "a gives a", "b gives b", "close gives undefined"]);
    const { error } = (await runner.submit(task("d", 10))) as { error: { message: string } };
    expect(error.message).toBe("The task was not begun, because its runner was closed. Submit it before that.");
  });

  it("is what await using does", async () => {
    {
      await using runner = runnerOf({ maxWorkers: 1 });
      note("a", runner.submit(task("a", 10)));
      note("b", runner.submit(task("b", 10)));
      void clock.advance(20);
    }
    expect(events.at(-1)).toBe("b gives b");
  });

  it("ends a pause, which would keep it waiting for ever", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    runner.pause();
    note("a", runner.submit(task("a", 10)));
    note("close", runner.close());
    await clock.advance(10);
    expect(runner.isPaused).toBe(false);
    expect(events.slice(-2)).toEqual(["a gives a", "close gives undefined"]);
  });

  it("called again waits for the same end", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    void runner.submit(task("a", 10));
    note("first", runner.close());
    note("second", runner.close());
    await clock.advance(9);
    expect(events).toEqual(["a begins"]);
    await clock.advance(1);
    expect(events.slice(1)).toEqual(["a is done", "first gives undefined", "second gives undefined"]);
    await expect(runner.close()).resolves.toBeUndefined();
  });

  it("with cancel answers CLOSED to all, and waits for the end of those that ran", async () => {
    const runner = runnerOf({ maxWorkers: 3 });
    const controller = new AbortController();
    const listeners = listenersOf(controller.signal);
    note("obedient", runner.submit(task("obedient", 100)));
    note("stubborn", runner.submit(stubbornTask("stubborn", 50)));
    note("limited", runner.submit(task("limited", 100), { timeoutMs: 200, signal: controller.signal }));
    note("waiting", runner.submit(task("waiting", 10), { signal: controller.signal }));
    await clock.advance(10);
    events = [];
    note("close", runner.close({ cancel: true }));
    expect(listeners.size).toBe(0);
    await clock.advance(0);
    expect(events.toSorted()).toEqual([
      "limited gives CLOSED",
      "limited is aborted",
      "obedient gives CLOSED",
      "obedient is aborted",
      "stubborn gives CLOSED",
      "waiting gives CLOSED",
    ]);
    expect([runner.running, runner.queued, clock.pending]).toEqual([1, 0, 1]);
    await clock.advance(40);
    expect(events.slice(-2)).toEqual(["stubborn is done", "close gives undefined"]);
  });

  it("tells the tasks by the reason of their signals that they were cancelled", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    let reason: unknown;
    const submitted = runner.submit((signal) => sleep(10, { clock, signal }).finally(() => (reason = signal.reason)));
    await runner.close({ cancel: true });
    expect(reason).toMatchObject({
      name: "TaskError",
      code: "CANCELLED",
      message: "The task was cancelled, because its runner was closed.",
    });
    expect(await submitted).toMatchObject({ success: false, error: { code: "CLOSED", cause: reason } });
  });

  it("can be given up on: the signal ends the waiting, and a cancel may follow", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    const controller = new AbortController();
    note("a", runner.submit(task("a", 1_000)));
    const closing = runner.close({ signal: controller.signal });
    controller.abort("too slow");
    await expect(closing).rejects.toBe("too slow");
    expect(runner.running).toBe(1);
    await runner.close({ cancel: true });
    expect(events).toEqual(["a begins", "a gives CLOSED", "a is aborted"]);
  });

  it("answers those who wait for room, because submit would not refuse them for that any more", async () => {
    const runner = runnerOf({ maxWorkers: 1, maxQueueSize: 0 });
    const gathering = runner.gather([task("a", 10), task("b", 10)]);
    note("room", runner.whenRoom());
    await clock.advance(0);
    void runner.close();
    await clock.advance(0);
    expect(events).toEqual(["a begins", "room gives undefined"]);
    await clock.advance(10);
    expect(await gathering).toMatchObject([{ data: "a" }, { error: { code: "CLOSED" } }]);
  });

  it("is the end of pausing", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    runner.pause();
    runner.resume();
    await runner.close();
    runner.resume();
    expect(() => runner.pause()).toThrow(TaskRunnerError);
    expect(() => runner.pause()).toThrow(
      expect.objectContaining({
        code: "CLOSED",
        message: "runner.pause was called after runner.close. Call it before, or leave it out.",
      }),
    );
  });
});

describe("misuse of a task runner", () => {
  it.each([
    [{ maxWorkers: 0 }, "TaskRunner: maxWorkers must be a whole number above 0, not 0."],
    [{ maxWorkers: 1.5 }, "TaskRunner: maxWorkers must be a whole number above 0, not 1.5."],
    [{} as never, "TaskRunner: maxWorkers must be a whole number above 0, not undefined."],
    [
      { maxWorkers: 1, maxQueueSize: -1 },
      "TaskRunner: maxQueueSize must be a whole number from 0, or Infinity, not -1.",
    ],
    [
      { maxWorkers: 1, maxQueueSize: NaN },
      "TaskRunner: maxQueueSize must be a whole number from 0, or Infinity, not NaN.",
    ],
    [
      { maxWorkers: 1, maxQueueSize: 1.5 },
      "TaskRunner: maxQueueSize must be a whole number from 0, or Infinity, not 1.5.",
    ],
    [{ maxWorkers: 1, agingMs: 0 }, "TaskRunner: agingMs must be above 0, not 0."],
    [
      { maxWorkers: 1, agingMs: -1 },
      "TaskRunner: agingMs must be a number of milliseconds from 0 to 2147483647, not -1.",
    ],
  ])("refuses the options %j", (options, message) => {
    expect(() => new TaskRunner(options)).toThrow(expect.objectContaining({ code: "INVALID_OPTION", message }));
  });

  it.each([
    { maxWorkers: 1 },
    { maxWorkers: Infinity, maxQueueSize: 0 },
    { maxWorkers: 3, maxQueueSize: Infinity, agingMs: 0.5 },
  ])("takes the options %j", async (options) => {
    expect(await runnerOf(options).submit(async () => 1)).toEqual({ success: true, data: 1 });
  });

  it("refuses a promise, and anything else that is no function", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    await expect(runner.submit(Promise.resolve(1) as never)).rejects.toMatchObject({
      code: "NOT_A_FUNCTION",
      message: "runner.submit takes a function that begins the work, not a promise: write runner.submit(() => …).",
    });
    await expect(runner.submit(undefined as never)).rejects.toMatchObject({ code: "NOT_A_FUNCTION" });
    expect([runner.running, runner.queued]).toEqual([0, 0]);
  });

  it("refuses a time limit and a priority that do not exist", async () => {
    const runner = runnerOf({ maxWorkers: 1 });
    await expect(runner.submit(task("a", 10), { timeoutMs: -1 })).rejects.toMatchObject({ code: "INVALID_OPTION" });
    await expect(runner.gather([task("a", 10)], { timeoutMs: NaN })).rejects.toMatchObject({ code: "INVALID_OPTION" });
    await expect(runner.submit(task("a", 10), { priority: "URGENT" as never })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: "runner.submit: priority must be CRITICAL, HIGH, NORMAL, LOW, not URGENT.",
    });
    expect(events).toEqual([]);
  });
});
