import { sleep, taskGroup, TaskGroupError } from "@phasewise/runtime";
import { fakeClock, type FakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A task: how long it takes, how it ends, and the group that it runs after that. */
interface Plan {
  readonly durationMs: number;
  /** How it behaves when it is aborted: it ends, it goes on regardless, or it takes some time to end. */
  readonly manner: "obedient" | "stubborn" | "slow";
  readonly fails: boolean;
  readonly group: GroupPlan | null;
}

interface GroupPlan {
  readonly tasks: readonly Plan[];
  readonly maxConcurrency: number;
  readonly usesMap: boolean;
  readonly bodyMs: number;
  readonly bodyFails: boolean;
}

const { group: groups } = fc.letrec<{ task: Plan; group: GroupPlan }>((tie) => ({
  task: fc.record({
    durationMs: fc.nat({ max: 5 }),
    manner: fc.constantFrom("obedient", "stubborn", "slow"),
    fails: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
    group: fc.option(tie("group"), { maxDepth: 3, depthIdentifier: "group" }),
  }),
  group: fc.record({
    tasks: fc.array(tie("task"), { maxLength: 4, depthIdentifier: "group" }),
    maxConcurrency: fc.constantFrom(1, 2, Infinity),
    usesMap: fc.boolean(),
    bodyMs: fc.nat({ max: 3 }),
    bodyFails: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
  }),
}));

/** Runs a plan by a fake clock, and counts what it leaves. */
class Experiment {
  readonly clock: FakeClock = fakeClock();
  readonly thrown: Error[] = [];
  running = 0;

  async runTask({ durationMs, manner, fails, group }: Plan, signal: AbortSignal): Promise<void> {
    this.running++;
    try {
      if (manner === "stubborn") await sleep(durationMs, { clock: this.clock });
      else await sleep(durationMs, { clock: this.clock, signal });
      if (group) await this.runGroup(group, signal);
      if (fails) throw this.failure();
    } catch (error) {
      if (manner === "slow") await sleep(2, { clock: this.clock });
      throw error;
    } finally {
      this.running--;
    }
  }

  runGroup({ tasks, maxConcurrency, usesMap, bodyMs, bodyFails }: GroupPlan, signal: AbortSignal): Promise<void> {
    return taskGroup(
      async (group) => {
        if (usesMap) void group.map(tasks, (task, signal) => this.runTask(task, signal));
        else for (const task of tasks) void group.run((signal) => this.runTask(task, signal));
        await sleep(bodyMs, { clock: this.clock, signal: group.signal });
        if (bodyFails) throw this.failure();
      },
      { signal, maxConcurrency },
    );
  }

  failure(): Error {
    const error = new Error(`failure ${this.thrown.length}`);
    this.thrown.push(error);
    return error;
  }
}

describe("any tree of task groups, cancelled at any moment or never", () => {
  it("leaves no task and no timer, loses no failure, and tells each once", async () => {
    const seen = { success: 0, failures: 0, cancellation: 0 };
    await fc.assert(
      fc.asyncProperty(groups, fc.option(fc.nat({ max: 12 })), async (plan, cancelMs) => {
        const experiment = new Experiment();
        const { clock } = experiment;
        const controller = new AbortController();
        const stopTimer = clock.schedule(() => controller.abort("cancelled"), cancelMs ?? 1_000_000);
        const end = experiment.runGroup(plan, controller.signal).then(
          () => ({ error: undefined, wasCancelled: controller.signal.aborted, running: experiment.running }),
          (error: unknown) => ({ error, wasCancelled: controller.signal.aborted, running: experiment.running }),
        );
        await clock.advance(10_000);
        const { error, wasCancelled, running } = await end;
        stopTimer();

        expect(running).toBe(0);
        expect(clock.pending).toBe(0);
        const failures = error instanceof TaskGroupError ? error.errors : [];
        expect(new Set(failures)).toEqual(new Set(experiment.thrown));
        expect(failures).toHaveLength(experiment.thrown.length);
        if (failures.length === 0) expect(error).toBe(wasCancelled ? "cancelled" : undefined);
        seen[failures.length > 0 ? "failures" : wasCancelled ? "cancellation" : "success"]++;
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.success, seen.failures, seen.cancellation)).toBeGreaterThan(10);
  });
});
