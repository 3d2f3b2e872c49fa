import { isFailure } from "../results/is-failure.js";
import type { Tracer } from "../tasks/tracing.js";
import { hookFailed, hookTimedOut } from "./errors.js";
import type { WatchedHook } from "./hook-watch.js";
import type { HookName, ModuleHook } from "./hooks.js";
import { ModuleError } from "./module-error.js";
import { findDependencies, findDependents } from "./module-graph.js";
import type { ModuleRun } from "./module-run.js";

/**
 * Runs one hook of a module under its timeout, with a warning when it is slow. Whatever way it fails (a throw, a
 * rejection, a Failure, the timeout), this rejects with a `ModuleError` that names module and hook. The error of a
 * misused context passes as it is, and a hook that was interrupted rejects with the reason for that.
 */
export function runHook(run: ModuleRun, hook: HookName, work: () => unknown): Promise<void> {
  const { tracer } = run.surroundings;
  return tracer ? traceHook(tracer, run, hook, () => callHook(run, hook, work)) : callHook(run, hook, work);
}

function traceHook(
  tracer: Tracer,
  { id, module }: ModuleRun,
  hook: HookName,
  work: () => Promise<void>,
): Promise<void> {
  const attributes = { "phasewise.module.id": id, "phasewise.module.version": module.version, "phasewise.hook": hook };
  return tracer.trace(`phasewise.module.${hook.replace(" ", "_")}`, attributes, work);
}

function callHook(run: ModuleRun, hook: HookName, work: () => unknown): Promise<void> {
  return new Promise((resolve, reject) => new HookCall(run, hook, resolve, reject).begin(work));
}

/** Notes a hook that gave something else than a promise. */
export function noteSynchronous<T>(run: ModuleRun, hook: HookName, outcome: T): T {
  if (!isPromiseLike(outcome)) run.noteSynchronousHook(hook);
  return outcome;
}

class HookCall implements WatchedHook {
  readonly #run: ModuleRun;
  readonly #hook: HookName;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  readonly #begunMs: number;
  readonly #timeoutMs: number;
  dueMs: number;

  constructor(run: ModuleRun, hook: HookName, resolve: () => void, reject: (error: unknown) => void) {
    const { clock, hookTimeoutMs, slowHookMs } = run.surroundings;
    this.#run = run;
    this.#hook = hook;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#begunMs = clock.now();
    this.#timeoutMs = run.module.hookTimeoutMs?.[hook as ModuleHook] ?? hookTimeoutMs;
    this.dueMs = this.#begunMs + Math.min(slowHookMs, this.#timeoutMs);
  }

  begin(work: () => unknown): void {
    const { surroundings, id } = this.#run;
    try {
      const outcome = surroundings.enclose ? surroundings.enclose(id, work) : work();
      noteSynchronous(this.#run, this.#hook, outcome);
      if (!isPromiseLike(outcome)) return this.#end(outcome);
      surroundings.watch.add(this);
      outcome.then(this.#end, this.#fail);
    } catch (error) {
      this.#fail(error);
    }
  }

  onDue(nowMs: number): void {
    const elapsedMs = nowMs - this.#begunMs;
    if (elapsedMs >= this.#timeoutMs) {
      this.#run.surroundings.watch.delete(this);
      this.#reject(hookTimedOut(this.#run.id, this.#hook, { elapsedMs, ...this.#describeHang() }));
      return;
    }
    this.dueMs = this.#begunMs + this.#timeoutMs;
    const fields = { hook: this.#hook, elapsedMs: Math.round(elapsedMs), timeoutMs: this.#timeoutMs };
    this.#run.logger.warn("slow hook", { ...fields, ...this.#describeHang() });
  }

  readonly #end = (outcome: unknown): void => {
    if (isFailure(outcome)) return this.#fail(outcome);
    this.#run.surroundings.watch.delete(this);
    this.#resolve();
  };

  readonly #fail = (cause: unknown): void => {
    const { clock, watch } = this.#run.surroundings;
    watch.delete(this);
    this.#reject(
      findReason(this.#run, cause) ?? hookFailed(this.#run.id, this.#hook, clock.now() - this.#begunMs, cause),
    );
  };

  #describeHang(): { waiting: string[]; awaited: string[] } {
    return { waiting: nameWaiting(this.#run, this.#hook), awaited: this.#run.nameAwaited(this.#hook) };
  }
}

function nameWaiting(run: ModuleRun, hook: HookName): string[] {
  if (hook === "initialize") return ["phase 2 of every module"];
  const isStopping = hook === "stop" || hook === "uninstall" || hook === "disposal";
  const waiting = isStopping ? findDependencies(run) : findDependents(run);
  return waiting.map(({ id }) => id).sort();
}

/** The runtime's own error behind it, whether it was thrown through the hook or caught on the way and made a Failure. */
function findReason({ life }: ModuleRun, cause: unknown): ModuleError | undefined {
  const origin = isFailure(cause) ? cause.error.cause : cause;
  const isAbort = origin instanceof Error && origin.name === "AbortError";
  const reason = isAbort ? life.scope.reason : origin;
  return reason instanceof ModuleError ? reason : undefined;
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}
