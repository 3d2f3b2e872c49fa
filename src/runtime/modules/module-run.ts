import type { Logger } from "../services/logger.js";
import { isBeingInitialized } from "../services/service.js";
import type { Module } from "./define-module.js";
import { impossibleTransition } from "./errors.js";
import type { HookName } from "./hooks.js";
import { ModuleLife } from "./module-life.js";
import { type LivingStatus, type ModuleState, type ModuleTransition, type Phase, transitions } from "./module-state.js";
import type { Surroundings } from "./surroundings.js";
import type { Activity } from "./wait-for-graph.js";

export interface PhaseTiming {
  readonly phase: Phase;
  readonly begunMs: number;
  readonly durationMs: number;
}

const none: readonly never[] = [];

/** One module in one application: its place in the graph, its state, and its present life. */
export class ModuleRun implements Activity {
  readonly id: string;
  readonly module: Module;
  readonly file: string | undefined;
  readonly surroundings: Surroundings;
  dependencies: readonly ModuleRun[] = none;
  dependents: readonly ModuleRun[] = none;
  waits?: NonNullable<Activity["waits"]>;
  /** The hooks that were plain synchronous functions. */
  synchronousHooks: readonly HookName[] = none;
  timings: readonly PhaseTiming[] = none;
  life: ModuleLife;
  #state: ModuleState = living.known;
  #logger: Logger | undefined;
  #waiting: (() => void)[] | undefined;

  constructor(module: Module, file: string | undefined, surroundings: Surroundings) {
    this.id = module.id;
    this.module = module;
    this.file = file;
    this.surroundings = surroundings;
    this.life = new ModuleLife(this);
  }

  get name(): string {
    return `module "${this.id}"`;
  }

  get logger(): Logger {
    return (this.#logger ??= this.surroundings.logger.child({ module: this.id }));
  }

  get state(): ModuleState {
    return this.#state;
  }

  /** Can its services be used? */
  get isActive(): boolean {
    const { status } = this.#state;
    return status === "active" || status === "starting" || status === "started";
  }

  /** Is it going to be active, if nothing goes wrong? */
  get isOnItsWay(): boolean {
    return ["registering", "registered", "activating", "installing"].includes(this.#state.status);
  }

  /** Takes the step to the next state, if there is such a step. */
  moveTo(to: ModuleState | LivingStatus): void {
    const from = this.#state;
    const next = typeof to === "string" ? living[to] : to;
    if (!transitions[from.status].includes(next.status)) throw impossibleTransition(this.id, from.status, next.status);
    this.#state = next;
    if (next.status === "active") this.life.becomeActive();
    this.surroundings.onTransition(this.id, from, next);
    if (
      next.status === "active" ||
      next.status === "failed" ||
      next.status === "blocked" ||
      next.status === "stopped"
    ) {
      this.#wakeWaiting();
    }
  }

  noteTiming(timing: PhaseTiming): void {
    this.timings = [...this.timings, timing];
  }

  /** Resolves when the module has become active, or cannot become so any more. */
  untilSettled(): Promise<void> {
    return new Promise((resolve) => (this.#waiting ??= []).push(resolve));
  }

  #wakeWaiting(): void {
    const waiting = this.#waiting ?? none;
    this.#waiting = undefined;
    for (const wake of waiting) wake();
  }

  /** Begins anew: with nothing registered and nothing timed. */
  renew(): void {
    this.life = new ModuleLife(this);
    this.timings = none;
  }

  findPrerequisites(): readonly ModuleRun[] {
    const isQueued = this.#state.status === "registering" || this.#state.status === "registered";
    return isQueued ? this.dependencies.filter(({ isActive }) => !isActive) : [];
  }

  /** What waits may be a background task as well, which holds up nobody. */
  isHeldByWaits(): boolean {
    const isActivating = this.#state.status === "activating" || this.#state.status === "installing";
    return isActivating && this.life.taskNames.length === 0;
  }

  /** What a hook that does not end is waiting for, as far as the runtime knows. */
  nameAwaited(hook: HookName): string[] {
    const tasks = hook === "disposal" ? this.life.taskNames : [];
    const initializing = [...this.life.services].filter(([, service]) => isBeingInitialized(service));
    return [
      ...[...(this.waits ?? [])].map(({ what }) => what),
      ...initializing.map(([id]) => `the initialization of the service "${id}"`),
      ...tasks.map((name) => `the background task "${name}"`),
    ];
  }

  /** Aborts the hook of the boot that is running, if one is. */
  interrupt(reason: unknown): void {
    const { status } = this.#state;
    if (["registering", "activating", "installing", "starting"].includes(status)) this.life.scope.end(reason);
  }

  /** A hook of a module from before the time of async functions: it goes on to work, with one warning. */
  noteSynchronousHook(hook: HookName): void {
    if (this.synchronousHooks.includes(hook)) return;
    this.synchronousHooks = [...this.synchronousHooks, hook];
    this.logger.warn("synchronous hook", { hook, remedy: "make it an async function" });
  }
}

const living = Object.fromEntries(
  (
    [
      "known",
      "registering",
      "registered",
      "activating",
      "installing",
      "active",
      "starting",
      "started",
      "stopping",
      "uninstalling",
      "stopped",
    ] satisfies LivingStatus[]
  ).map((status) => [status, Object.freeze({ status })]),
) as Record<LivingStatus, { readonly status: LivingStatus }>;
