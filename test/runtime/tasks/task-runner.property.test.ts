import { sleep } from "@phasewise/runtime";
import { TaskPriority, TaskRunner } from "@phasewise/runtime/tasks";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A task, when it is submitted, and what happens to it. */
interface Plan {
  readonly atMs: number;
  readonly durationMs: number;
  readonly priority: TaskPriority;
  readonly fails: boolean;
  /** Does it go on when its signal aborts? */
  readonly isStubborn: boolean;
  readonly abortMs: number | null;
  readonly timeoutMs: number | null;
}

/** What is done to the runner at some moment. */
interface Command {
  readonly atMs: number;
  readonly kind: "pause" | "resume" | "drain" | "whenRoom" | "close" | "cancel";
}

const priority = fc.constantFrom(...Object.values(TaskPriority));
const seldom = fc.integer({ min: 0, max: 3 }).map((number) => number === 0);

const plans = fc.array(
  fc.record<Plan>({
    atMs: fc.nat({ max: 30 }),
    durationMs: fc.nat({ max: 10 }),
    priority,
    fails: seldom,
    isStubborn: fc.boolean(),
    abortMs: fc.option(fc.nat({ max: 40 })),
    timeoutMs: fc.option(fc.nat({ max: 8 })),
  }),
  { maxLength: 25 },
);

const commands = fc.array(
  fc.record<Command>({
    atMs: fc.nat({ max: 40 }),
    kind: fc.constantFrom("pause", "resume", "pause", "resume", "drain", "whenRoom", "drain", "close", "cancel"),
  }),
  { maxLength: 6 },
);

/** Plays a plan by a fake clock, and watches what it leads to. */
class Experiment {
  readonly clock: FakeClock = fakeClock();
  readonly runner: TaskRunner;
  readonly settlements: string[][] = [];
  readonly broken: string[] = [];
  readonly waits: Promise<unknown>[] = [];
  readonly #maxWorkers: number;
  readonly #maxQueueSize: number;
  #running = 0;
  #isClosed = false;

  constructor(maxWorkers: number, maxQueueSize: number) {
    this.#maxWorkers = maxWorkers;
    this.#maxQueueSize = maxQueueSize;
    this.runner = new TaskRunner({ maxWorkers, maxQueueSize, agingMs: 5, clock: this.clock });
  }

  schedule({ atMs, abortMs, timeoutMs, priority, ...plan }: Plan): void {
    const settlements: string[] = [];
    this.settlements.push(settlements);
    this.clock.schedule(() => {
      const controller = new AbortController();
      if (abortMs !== null) this.clock.schedule(() => controller.abort("aborted"), Math.max(0, abortMs - atMs));
      const options = { priority, signal: controller.signal, timeoutMs: timeoutMs ?? undefined };
      this.runner
        .submit((signal) => this.#run(plan, signal), options)
        .then(
          (result) => settlements.push(result.success ? "done" : result.error.code),
          (error: unknown) => settlements.push(String(error)),
        );
    }, atMs);
  }

  command({ atMs, kind }: Command): void {
    this.clock.schedule(() => {
      if (kind === "drain") this.waits.push(this.runner.drain().then(() => this.#checkIdle("drain")));
      else if (kind === "whenRoom") this.waits.push(this.runner.whenRoom().then(() => this.#checkRoom()));
      else if (kind === "resume") this.runner.resume();
      else if (kind === "pause") this.#isClosed || this.runner.pause();
      else {
        this.#isClosed = true;
        const closing = this.runner.close({ cancel: kind === "cancel" });
        this.waits.push(closing.then(() => this.#checkIdle("close")));
      }
      this.#check();
    }, atMs);
  }

  async #run(
    { durationMs, fails, isStubborn }: Pick<Plan, "durationMs" | "fails" | "isStubborn">,
    signal: AbortSignal,
  ) {
    this.#running++;
    this.#check();
    try {
      await sleep(durationMs, isStubborn ? { clock: this.clock } : { clock: this.clock, signal });
      if (fails) throw "failed";
    } finally {
      this.#running--;
    }
  }

  #check(): void {
    if (this.#running > this.#maxWorkers) this.broken.push(`${this.#running} tasks run`);
    if (this.runner.running > this.#maxWorkers) this.broken.push(`the runner says that ${this.runner.running} run`);
    if (this.runner.queued > this.#maxQueueSize) this.broken.push(`${this.runner.queued} tasks are queued`);
  }

  #checkIdle(call: string): void {
    const { running, queued } = this.runner;
    if (this.#running + running + queued > 0)
      this.broken.push(`${call} fulfilled while ${running} ran, ${queued} waited`);
  }

  #checkRoom(): void {
    const { running, queued, isPaused } = this.runner;
    const places = (isPaused ? 0 : this.#maxWorkers - running) + this.#maxQueueSize - queued;
    if (places <= 0 && !this.#isClosed) this.broken.push("whenRoom fulfilled while there was none");
  }
}

describe("any tasks with priorities, aborts, time limits, failures, pauses and closings", () => {
  it("never run on too many workers, settle once each, and leave nothing behind", async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        plans,
        commands,
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(0, 1, 3, Infinity),
        async (tasks, actions, maxWorkers, maxQueueSize) => {
          const experiment = new Experiment(maxWorkers, maxQueueSize);
          for (const task of tasks) experiment.schedule(task);
          for (const action of actions) experiment.command(action);
          const { clock, runner } = experiment;
          await clock.advance(41);
          runner.resume();
          const drained = runner.drain();
          await clock.advance(10_000);
          await Promise.all([...experiment.waits, drained]);

          expect(experiment.broken).toEqual([]);
          expect([runner.running, runner.queued, clock.pending]).toEqual([0, 0, 0]);
          for (const settlements of experiment.settlements) {
            expect(settlements).toHaveLength(1);
            seen.set(settlements[0]!, (seen.get(settlements[0]!) ?? 0) + 1);
          }
        },
      ),
      { numRuns: 300, seed: 4 },
    );
    const outcomes = ["CLOSED", "QUEUE_FULL", "TIMED_OUT", "aborted", "done", "failed"];
    expect([...seen.keys()].sort()).toEqual(outcomes);
    expect(Math.min(...seen.values())).toBeGreaterThan(20);
  });
});

describe("any tasks that wait", () => {
  it("begin by priority and age: none before one that was as urgent earlier, none later than its bound", async () => {
    const task = fc.record({ gapMs: fc.nat({ max: 7 }), priority });
    await fc.assert(
      fc.asyncProperty(fc.array(task, { maxLength: 20 }), async (tasks) => {
        const clock = fakeClock();
        const runner = new TaskRunner({ maxWorkers: 1, agingMs: 10, clock });
        const levels = Object.values(TaskPriority);
        const order: { index: number; level: number; atMs: number }[] = [];
        runner.pause();
        for (const [index, { gapMs, priority }] of tasks.entries()) {
          await clock.advance(gapMs);
          const begun = { index, level: levels.indexOf(priority), atMs: clock.now() };
          void runner.submit(async () => void order.push(begun), { priority });
        }
        runner.resume();
        await runner.drain();

        expect(order).toHaveLength(tasks.length);
        for (const [position, late] of order.entries()) {
          for (const early of order.slice(0, position)) {
            if (early.index < late.index) continue;
            expect(early.level).toBeLessThan(late.level);
            expect(early.atMs - late.atMs).toBeLessThan((late.level - early.level) * 10);
          }
        }
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe("any number of producers that wait for room", () => {
  it("are never refused, whatever the sizes", async () => {
    const sizes = fc.record({
      maxWorkers: fc.integer({ min: 1, max: 4 }),
      maxQueueSize: fc.nat({ max: 3 }),
      producers: fc.array(fc.array(fc.nat({ max: 3 }), { maxLength: 8 }), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ maxWorkers, maxQueueSize, producers }) => {
        const clock = fakeClock();
        const runner = new TaskRunner({ maxWorkers, maxQueueSize, clock });
        const results: Promise<{ success: boolean }>[] = [];
        const producing = producers.map(async (durations) => {
          for (const durationMs of durations) {
            await runner.whenRoom();
            results.push(runner.submit(() => sleep(durationMs, { clock })));
          }
        });
        await clock.advance(1_000);
        await Promise.all(producing);
        expect(results).toHaveLength(producers.flat().length);
        expect((await Promise.all(results)).every(({ success }) => success)).toBe(true);
      }),
      { numRuns: 150, seed: 4 },
    );
  });
});
