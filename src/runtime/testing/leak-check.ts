import { AsyncLocalStorage } from "node:async_hooks";
import { type Clock, systemClock } from "../tasks/clock.js";
import type { FakeClock } from "./fake-clock.js";
import { ResourceTracker } from "./resource-tracker.js";
import { settle } from "./settle.js";

/** Something that work has left behind. */
export interface Leak {
  /** A resource as Node names it, such as `Timeout` or `TCPSERVERWRAP`; `fake timer`; or `task` for work of a module that has not ended. */
  readonly kind: string;
  readonly moduleId: string | undefined;
  /** Where it was made, as function, file and line, if the application or the test made it. */
  readonly place: string | undefined;
}

const checks = new AsyncLocalStorage<LeakCheck>();

/** The check that the running work is under. */
export function findLeakCheck(): LeakCheck | undefined {
  return checks.getStore();
}

/** Knows what some work has begun and not ended: resources, timers of fake clocks, and work of modules. */
export class LeakCheck {
  readonly #resources = new ResourceTracker();
  readonly #clocks = new Set<FakeClock>();
  readonly #tasks = new Map<object, string>();

  enclose<T>(work: () => T): T {
    return checks.run(this, () => this.#resources.enclose(work));
  }

  /** What input, output and real time are under way, as a text that changes whenever that changes. */
  get openIo(): string {
    return this.#resources.openIo;
  }

  watchClock(clock: Clock): void {
    if ("listPending" in clock) this.#clocks.add(clock as FakeClock);
  }

  watchWork(moduleId: string, outcome: unknown): void {
    if (!(outcome instanceof Promise)) return;
    this.#tasks.set(outcome, moduleId);
    const end = () => void this.#tasks.delete(outcome);
    outcome.then(end, end);
  }

  /** What is left. What is being closed gets `graceMs` of real time for that. */
  async findLeaks(graceMs: number): Promise<Leak[]> {
    const untilMs = systemClock.now() + graceMs;
    await settle();
    while (this.#list().length > 0 && systemClock.now() < untilMs) {
      await new Promise<void>((resolve) => void systemClock.schedule(resolve, 5));
    }
    return this.#list();
  }

  stop(): void {
    this.#resources.stop();
  }

  #list(): Leak[] {
    const timers = [...this.#clocks].flatMap((clock) => clock.listPending());
    return [
      ...this.#resources.findOpen(),
      ...timers.map(({ moduleId, place }) => ({ kind: "fake timer", moduleId, place })),
      ...[...this.#tasks.values()].map((moduleId) => ({ kind: "task", moduleId, place: undefined })),
    ];
  }
}
