import { Result, sleep } from "@phasewise/runtime";
import { Semaphore, type TaskPriority, TaskRunner } from "@phasewise/runtime/tasks";
import { fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import pLimit from "p-limit";
import PQueue from "p-queue";
import { describe, expect, it } from "vitest";

/** Lets everything go on that needs no time. */
const settle = () => fakeClock().advance(0);

/** Works that note when they begin, and end when they are told to. */
class Works {
  readonly begun: number[] = [];
  readonly #ends: (() => void)[] = [];

  work(id: number): () => Promise<number> {
    return () => {
      this.begun.push(id);
      return new Promise((resolve) => (this.#ends[id] = () => resolve(id)));
    };
  }

  /** Ends the one that has been running for the longest time, for as long as there is one. */
  async endAll(): Promise<void> {
    for (let ended = 0; ended < this.begun.length; ended++) {
      this.#ends[this.begun[ended]!]!();
      await settle();
    }
  }
}

const priorities: readonly TaskPriority[] = ["LOW", "NORMAL", "HIGH", "CRITICAL"];

describe("a task runner and p-queue", () => {
  it("begin the same tasks in the same order, by priority and then by age, through a pause and aborts", async () => {
    const tasks = fc.array(
      fc.record({ level: fc.nat({ max: 3 }), isAborted: fc.nat({ max: 4 }).map((number) => number === 0) }),
      { maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(tasks, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (plans, workers, pauses) => {
        const [ours, theirs] = [new Works(), new Works()];
        const runner = new TaskRunner({ maxWorkers: workers });
        const queue = new PQueue({ concurrency: workers });
        const controllers = plans.map(() => new AbortController());
        if (pauses) {
          runner.pause();
          queue.pause();
        }
        const answers = plans.flatMap(({ level }, id) => {
          const { signal } = controllers[id]!;
          const ourAnswer = runner.submit(ours.work(id), { priority: priorities[level], signal });
          const theirAnswer = queue.add(theirs.work(id), { priority: level, signal });
          return [ourAnswer.then(Result.unwrap), theirAnswer].map((answer) => answer.catch((error: unknown) => error));
        });
        await settle();
        for (const [id, { isAborted }] of plans.entries()) {
          if (isAborted && !ours.begun.includes(id)) controllers[id]!.abort("aborted");
        }
        await settle();
        expect([runner.running, runner.queued]).toEqual([queue.pending, queue.size]);
        runner.resume();
        queue.start();
        await settle();
        await ours.endAll();
        await theirs.endAll();
        expect(ours.begun).toEqual(theirs.begun);
        const all = await Promise.all(answers);
        expect(all.filter((_, index) => index % 2 === 0)).toEqual(all.filter((_, index) => index % 2 === 1));
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

describe("a semaphore, a task runner and p-limit", () => {
  it("begin the same works in the same order, and give the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 15 }), fc.integer({ min: 1, max: 4 }), async (number, permits) => {
        const ids = Array.from({ length: number }, (_, id) => id);
        const [held, run, limited] = [new Works(), new Works(), new Works()];
        const semaphore = new Semaphore(permits);
        const runner = new TaskRunner({ maxWorkers: permits });
        const limit = pLimit(permits);
        const answers = [
          Promise.all(ids.map((id) => semaphore.use(held.work(id)))),
          Promise.all(ids.map((id) => runner.submit(run.work(id)).then(Result.unwrap))),
          Promise.all(ids.map((id) => limit(limited.work(id)))),
        ];
        await settle();
        expect([semaphore.waiting, runner.queued]).toEqual([limit.pendingCount, limit.pendingCount]);
        expect(runner.running).toBe(limit.activeCount);
        for (const works of [held, run, limited]) await works.endAll();
        expect([held.begun, run.begun]).toEqual([limited.begun, limited.begun]);
        expect(await Promise.all(answers)).toEqual([ids, ids, ids]);
      }),
      { numRuns: 50, seed: 4 },
    );
  });
});

describe("where p-queue is wrong", () => {
  it("a time limit does not abort the task; ours does", async () => {
    const clock = fakeClock();
    const aborted: string[] = [];
    const waiting = (name: string, signal: AbortSignal | undefined) => {
      signal?.addEventListener("abort", () => aborted.push(name));
      return sleep(20, { clock });
    };
    const caller = new AbortController();
    const queue = new PQueue({ concurrency: 1 });
    const theirs = queue.add(({ signal }) => waiting("p-queue", signal), { timeout: 1, signal: caller.signal });
    await expect(theirs).rejects.toThrow("timed out");

    const runner = new TaskRunner({ maxWorkers: 1, clock });
    const ours = runner.submit((signal) => waiting("ours", signal), { timeoutMs: 1, signal: caller.signal });
    await clock.advance(1);
    expect(await ours).toMatchObject({ error: { code: "TIMED_OUT" } });
    expect(aborted).toEqual(["ours"]);
    await clock.advance(20);
  });

  it("a task that is late or aborted gives its place away while it still runs; ours keeps it", async () => {
    const clock = fakeClock();
    const most = { theirs: 0, ours: 0 };
    const running = { theirs: 0, ours: 0 };
    const stubborn = (whose: keyof typeof most) => async () => {
      most[whose] = Math.max(most[whose], ++running[whose]);
      await sleep(50, { clock });
      running[whose]--;
    };
    const { signal, abort } = abortable();
    const queue = new PQueue({ concurrency: 1 });
    const runner = new TaskRunner({ maxWorkers: 1, clock });
    const theirs = [1, 2, 3].map(() => queue.add(stubborn("theirs"), { signal }).catch(() => "aborted"));
    const ours = [1, 2, 3].map((number) =>
      runner.submit(stubborn("ours"), number < 3 ? { signal } : {}).catch(() => "aborted"),
    );
    const theirLast = queue.add(stubborn("theirs"));
    await settle();
    abort();
    await clock.advance(200);
    await Promise.all([...theirs, ...ours, theirLast]);
    expect(most).toEqual({ theirs: 2, ours: 1 });
  });

  it("a low priority waits for ever behind urgent ones; ours has its turn", async () => {
    const clock = fakeClock();
    const queue = new PQueue({ concurrency: 1 });
    const runner = new TaskRunner({ maxWorkers: 1, agingMs: 10, clock });
    let [theirLow, ourLow] = [false, false];
    const busy = () => sleep(1, { clock });
    void queue.add(busy);
    void runner.submit(busy);
    void queue.add(async () => (theirLow = true), { priority: 0 });
    void runner.submit(async () => (ourLow = true), { priority: "LOW" });
    for (let round = 0; round < 50; round++) {
      void queue.add(busy, { priority: 1 });
      void runner.submit(busy, { priority: "HIGH" });
      await clock.advance(1);
    }
    expect([theirLow, ourLow]).toEqual([false, true]);
    await clock.advance(10);
    await Promise.all([queue.onIdle(), runner.drain()]);
  });

  it("cleared tasks never settle; ours answer CLOSED", async () => {
    const queue = new PQueue({ concurrency: 1, autoStart: false });
    const runner = new TaskRunner({ maxWorkers: 1 });
    runner.pause();
    let settled = 0;
    void queue.add(async () => 1).finally(() => settled++);
    const ours = runner.submit(async () => 1);
    queue.clear();
    await runner.close({ cancel: true });
    await settle();
    expect(settled).toBe(0);
    expect(await ours).toMatchObject({ error: { code: "CLOSED" } });
  });

  it("a batch fails as a whole at the first failure; ours gives each its Result", async () => {
    const refuse = () => Promise.reject(new Error("refused"));
    await expect(new PQueue().addAll([async () => 1, refuse])).rejects.toThrow("refused");
    const [one, refused] = await new TaskRunner({ maxWorkers: 2 }).gather([async () => 1, refuse]);
    expect([one.success, refused]).toMatchObject([true, { error: { code: "REJECTED", message: "refused" } }]);
  });
});

describe("where p-limit is wrong", () => {
  it("work that waits cannot be taken back by itself; ours can", async () => {
    const controller = new AbortController();
    const limit = pLimit(1);
    const semaphore = new Semaphore(1);
    const begun: string[] = [];
    const [theirGate, ourGate] = [new Works(), new Works()];
    const theirs = [limit(theirGate.work(0)), limit(async () => begun.push("p-limit"))];
    const first = semaphore.use(ourGate.work(0));
    const ours = semaphore.use(async () => begun.push("ours"), { signal: controller.signal });
    await settle();
    controller.abort("enough");
    await expect(ours).rejects.toBe("enough");
    await Promise.all([theirGate.endAll(), ourGate.endAll()]);
    await Promise.all([...theirs, first]);
    expect(begun).toEqual(["p-limit"]);
  });

  it("cleared work never settles by default; ours has no way to leave one in the air", async () => {
    const limit = pLimit(1);
    const gate = new Works();
    const first = limit(gate.work(0));
    let settled = 0;
    void limit(async () => 1).finally(() => settled++);
    await settle();
    limit.clearQueue();
    await gate.endAll();
    await first;
    expect(settled).toBe(0);

    const runner = new TaskRunner({ maxWorkers: 1 });
    const controller = new AbortController();
    const ourGate = new Works();
    const ourFirst = runner.submit(ourGate.work(0));
    const ours = runner.submit(async () => 1, { signal: controller.signal });
    controller.abort("cleared");
    await expect(ours).rejects.toBe("cleared");
    await ourGate.endAll();
    expect(await ourFirst).toEqual({ success: true, data: 0 });
  });
});

/** A signal, and the function that aborts it. */
function abortable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort("enough") };
}
