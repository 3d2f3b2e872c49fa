import { createRegistrationContext } from "./create-registration-context.js";
import { collectError, isNotEmpty, joinErrors, type ModuleError } from "./module-error.js";
import type { ModuleRun } from "./module-run.js";
import type { LivingStatus, ModuleState, Phase } from "./module-state.js";
import { noteSynchronous, runHook } from "./run-hook.js";

/*
 * The phases of one module. Each gives nothing when there is nothing to wait for, or a promise that rejects with a
 * `ModuleError`; the module is failed then, unless it was interrupted.
 */

/** Phase 1. */
export function registerModule(run: ModuleRun): Promise<void> | undefined {
  const { module } = run;
  if (run.state.status !== "known") run.renew();
  if (!module.initialize) return passAtOnce(run, "registering", "registered");
  return pass(run, "registration", "registering", "registered", () =>
    runHook(run, "initialize", () => module.initialize!(createRegistrationContext(run.life))),
  );
}

/** Phase 2: `setupModule`, then what was registered with `registerSetupHook`, then the installation. */
export function activateModule(run: ModuleRun): Promise<void> | undefined {
  const { module, life } = run;
  if (!module.setupModule && !module.install && life.setupHooks.length === 0) {
    return passAtOnce(run, "activating", "active");
  }
  if (!module.install && life.setupHooks.length === 0) {
    return pass(run, "activation", "activating", "active", () => runOwnHook(run, "setupModule"));
  }
  return activateInTurn(run);
}

/** `start`. */
export function startModule(run: ModuleRun): Promise<void> | undefined {
  if (!run.module.start) return passAtOnce(run, "starting", "started");
  return pass(run, "start", "starting", "started", () => runOwnHook(run, "start"));
}

/**
 * Runs `stop` if the module was activated, ends what runs on its behalf, and disposes its services in reverse order and
 * then the module itself, whatever fails on the way.
 */
export async function stopModule(run: ModuleRun, { uninstall = false } = {}): Promise<void> {
  if (run.state.status === "known" || run.life.isReleased) return;
  await pass(run, "stop", "stopping", uninstall ? undefined : "stopped", async () => {
    const errors = run.life.wasActive ? await collectError(runOwnHook(run, "stop")) : [];
    if (!uninstall || isNotEmpty(errors)) errors.push(...(await release(run)));
    throwFailures(run, errors);
  });
  if (uninstall) await uninstallModule(run);
}

async function activateInTurn(run: ModuleRun): Promise<void> {
  const { module, life } = run;
  await pass(run, "activation", "activating", module.install ? undefined : "active", async () => {
    await runOwnHook(run, "setupModule");
    for (const hook of life.setupHooks) {
      throwIfInterrupted(run);
      await runHook(run, "setup hook", () => hook(life.context));
    }
  });
  if (!module.install) return;
  throwIfInterrupted(run);
  await pass(run, "installation", "installing", "active", () => installModule(run));
}

/** Runs `install` when this version of the module has not been installed, and remembers that it was. */
async function installModule(run: ModuleRun): Promise<void> {
  const { id, module, life } = run;
  await runHook(run, "install", async () => {
    const installations = await run.surroundings.getInstallations();
    const previousVersion = (await installations.find(id))?.version;
    if (previousVersion === module.version) return undefined;
    throwIfInterrupted(run);
    const outcome = await noteSynchronous(run, "install", module.install!(life.context, { previousVersion }));
    if (outcome?.success === false) return outcome;
    if (!life.isOver) await installations.save(id, { version: module.version, installedAt: new Date().toISOString() });
    return undefined;
  });
}

async function uninstallModule(run: ModuleRun): Promise<void> {
  const { id, module, life, surroundings } = run;
  await pass(run, "uninstallation", "uninstalling", "stopped", async () => {
    const errors = await collectError(
      runHook(run, "uninstall", async () => {
        const outcome = module.uninstall && (await noteSynchronous(run, "uninstall", module.uninstall(life.context)));
        if (outcome?.success === false) return outcome;
        if (!life.isOver) await (await surroundings.getInstallations()).remove(id);
        return undefined;
      }),
    );
    errors.push(...(await release(run)));
    throwFailures(run, errors);
  });
}

/** Gives back everything that the module holds, and tells what failed. */
async function release(run: ModuleRun): Promise<ModuleError[]> {
  const { life } = run;
  const errors = await collectError(runHook(run, "disposal", () => life.endWork()));
  for (const disposable of life.closeServices()) {
    errors.push(...(await collectError(runHook(run, "disposal", () => disposable[Symbol.asyncDispose]()))));
  }
  run.surroundings.services.removeAllOf(life);
  life.isReleased = true;
  return errors;
}

/** Takes a module through a phase, to the next status or on to the next phase. */
function pass(
  run: ModuleRun,
  phase: Phase,
  during: LivingStatus,
  after: LivingStatus | undefined,
  work: () => Promise<void>,
): Promise<void> {
  const { clock } = run.surroundings;
  const begunMs = clock.now();
  const setback = findSetback(run);
  const noteTiming = () => run.noteTiming({ phase, begunMs, durationMs: clock.now() - begunMs });
  run.moveTo(during);
  return work().then(
    () => {
      noteTiming();
      if (after) run.moveTo(setback && after === "stopped" ? setback : after);
    },
    (error: unknown) => {
      noteTiming();
      const wasInterrupted = error === run.life.scope.reason;
      if (!wasInterrupted) run.moveTo(setback ?? { status: "failed", phase, error: error as ModuleError });
      run.life.scope.end(error);
      throw error;
    },
  );
}

/** The same, where the module has nothing to do. */
function passAtOnce(run: ModuleRun, during: LivingStatus, after: LivingStatus): undefined {
  run.moveTo(during);
  run.moveTo(after);
}

/** Lets no further hook of a module begin that was told to give up. */
function throwIfInterrupted({ life: { scope } }: ModuleRun): void {
  if (scope.hasEnded) throw scope.reason;
}

/** The answer of a hook to an interruption is no failure of its own: what interrupted it is told already. */
function throwFailures({ life: { scope } }: ModuleRun, errors: readonly ModuleError[]): void {
  const failures = errors.filter((error) => error !== scope.reason);
  if (isNotEmpty(failures)) throw joinErrors(failures);
}

function runOwnHook(run: ModuleRun, hook: "setupModule" | "start" | "stop"): Promise<void> {
  const { module, life } = run;
  return module[hook] ? runHook(run, hook, () => module[hook]!(life.context)) : Promise.resolve();
}

/** What a module stays when it is stopped. */
function findSetback({ state }: ModuleRun): ModuleState | undefined {
  return state.status === "failed" || state.status === "blocked" ? state : undefined;
}
