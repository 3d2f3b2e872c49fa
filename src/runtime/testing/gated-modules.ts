import type { Module } from "../modules/define-module.js";
import { type ModuleHook, moduleHooks, type SetupHook } from "../modules/hooks.js";
import { isFailure } from "../results/is-failure.js";
import type { Fault, Schedule } from "./schedule.js";

/** What became of one hook in one run. The numbers count the hooks that have begun and ended. */
export interface HookRecord {
  readonly moduleId: string;
  readonly hook: ModuleHook;
  readonly begun: number;
  ended?: number;
  /** `spoilt` by the fault itself, or after the application was told to stop: then nothing follows from it. */
  outcome: "unfinished" | "done" | "failed" | "spoilt";
  error?: unknown;
}

interface Gate {
  readonly moduleId: string;
  readonly open: () => void;
}

type Hook = (...args: unknown[]) => unknown;

interface HookContext {
  readonly signal: AbortSignal;
  registerSetupHook(hook: SetupHook): void;
}

/**
 * The modules of one run, each hook behind a gate. The hooks that the runtime has begun at the same time so run one
 * after another, in the order of the schedule, or beside each other where one waits for something.
 */
export class GatedModules {
  readonly modules: readonly Module[];
  readonly records: HookRecord[] = [];
  readonly #schedule: Schedule;
  readonly #onAbort: () => void;
  readonly #gates = new Set<Gate>();
  #moment = 0;
  #isFaultPending: boolean;

  constructor(modules: readonly Module[], schedule: Schedule, onAbort: () => void) {
    this.#schedule = schedule;
    this.#onAbort = onAbort;
    this.#isFaultPending = schedule.fault !== undefined;
    this.modules = modules.map((module) => this.#gate(module));
  }

  get hasWaiting(): boolean {
    return this.#gates.size > 0;
  }

  /** Is a hook under way that was not made to hang? */
  get isRunning(): boolean {
    return this.records.some(({ outcome }) => outcome === "unfinished");
  }

  /** Lets the hook go on that is the first by the schedule. */
  openNext(): boolean {
    const { order } = this.#schedule;
    const [next] = [...this.#gates].sort((one, other) => order.indexOf(one.moduleId) - order.indexOf(other.moduleId));
    if (!next) return false;
    this.#gates.delete(next);
    next.open();
    return true;
  }

  #gate(module: Module): Module {
    const gated: Partial<Record<ModuleHook, Hook>> = {};
    for (const name of moduleHooks) {
      const hook = module[name] as Hook | undefined;
      if (!hook) continue;
      gated[name] = (context, ...rest) =>
        this.#run(module.id, name, context as HookContext, () =>
          Reflect.apply(hook, module, [this.#watchSetupHooks(module.id, context as HookContext), ...rest]),
        );
    }
    return Object.freeze({ ...module, ...gated }) as Module;
  }

  /** The hooks that it registers are gated as well. The context itself may not be changed, so it is read through. */
  #watchSetupHooks(moduleId: string, context: HookContext): HookContext {
    const registerSetupHook = (hook: SetupHook) =>
      context.registerSetupHook(async (later) => {
        return this.#run(moduleId, "setupModule", later, () => hook(later)) as ReturnType<SetupHook>;
      });
    return new Proxy({} as HookContext, {
      get: (_, member) => {
        if (member === "registerSetupHook") return registerSetupHook;
        const value: unknown = Reflect.get(context, member);
        return typeof value === "function" ? value.bind(context) : value;
      },
    });
  }

  async #run(
    moduleId: string,
    hook: ModuleHook,
    { signal }: { signal: AbortSignal },
    work: () => unknown,
  ): Promise<unknown> {
    await new Promise<void>((resolve) => this.#gates.add({ moduleId, open: resolve }));
    const isOfBoot = hook !== "stop" && hook !== "uninstall";
    if (isOfBoot) signal.throwIfAborted();

    const record: HookRecord = { moduleId, hook, begun: this.#moment++, outcome: "unfinished" };
    this.records.push(record);
    const fault = this.#takeFault(moduleId, hook);
    try {
      const outcome = await this.#begin(fault, record, work);
      record.outcome = isFailure(outcome) ? "failed" : "done";
      if (isFailure(outcome)) record.error = outcome;
      return outcome;
    } catch (error) {
      record.outcome = "failed";
      record.error = error;
      throw error;
    } finally {
      record.ended = this.#moment++;
      if (fault || (isOfBoot && signal.aborted)) record.outcome = "spoilt";
    }
  }

  /** A fault comes in place of the work. Where it comes in `stop`, the work is done before, lest it be missed as a leak. */
  async #begin(fault: Fault | undefined, record: HookRecord, work: () => unknown): Promise<unknown> {
    if (!fault) return work();
    if (fault.kind === "abort") {
      const outcome = work();
      this.#onAbort();
      return outcome;
    }
    if (fault.hook === "stop") await work();
    if (fault.kind === "failure") throw new Error("failed by exploreSchedules");
    record.outcome = "spoilt";
    return new Promise(() => {});
  }

  /** A fault strikes once, so that a second hook of that name goes on as usual. */
  #takeFault(moduleId: string, hook: ModuleHook): Fault | undefined {
    const { fault } = this.#schedule;
    if (!this.#isFaultPending || fault?.moduleId !== moduleId || fault.hook !== hook) return undefined;
    this.#isFaultPending = false;
    return fault;
  }
}
