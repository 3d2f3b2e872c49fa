import { getEventListeners } from "node:events";
import {
  type Application,
  createLogger,
  type FailurePolicy,
  type Installation,
  type InstallationStore,
  type Module,
  type ModuleTransition,
} from "@phasewise/runtime";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import { applicationOf } from "./application-of.js";
import { type Fault, FaultyModules, hookTimeoutMs } from "./faulty-module.js";

export type Change = "startModule" | "stopModule" | "restartModule" | "uninstallModule";

export interface Scenario {
  /** The dependencies of each module by position; they always come earlier. */
  readonly dependencies: readonly (readonly number[])[];
  readonly faults: readonly Fault[];
  /** The modules that wait for others in their activation, whether they depend on them or not. */
  readonly waits?: readonly { readonly waiter: number; readonly target: number }[];
  readonly onModuleFailure: FailurePolicy;
  readonly maxConcurrency?: number | undefined;
  /** The modules that run under a named limit of one, by position. */
  readonly limited?: readonly number[];
  /** What is done with single modules once the application runs, one after the other. */
  readonly changes?: readonly { readonly change: Change; readonly module: number }[];
  /** When the application is stopped, if that is not after everything else. */
  readonly stopAtMs?: number | undefined;
}

export interface Ending {
  readonly hasFailed: boolean;
  readonly error?: unknown;
}

/** Everything that was seen of one application, from its start until nothing more could come of it. */
export interface FaultRun {
  readonly scenario: Scenario;
  readonly app: Application;
  readonly modules: FaultyModules;
  readonly transitions: readonly ModuleTransition[];
  readonly start: Ending;
  readonly changes: readonly Ending[];
  readonly stop: Ending;
  /** The messages of all errors that it rejected with or that a report held. */
  readonly toldByErrors: string;
  /** The same, and the log. */
  readonly told: string;
  /** The modules that were active when the application ran, and those whose handlers an event of each reached. */
  readonly active: readonly string[];
  readonly reached: readonly string[];
  /** What the second `stop()` came to, and what it called. */
  readonly secondStop: Ending;
  readonly callsOfSecondStop: number;
  /** Once `stop()` had settled, before any hook came back late. */
  readonly timersLeft: number;
  readonly subscriptionsLeft: number;
}

export async function runWithFaults(scenario: Scenario): Promise<FaultRun> {
  const clock = fakeClock();
  const log: string[] = [];
  const transitions: ModuleTransition[] = [];
  const stopEarly = () => {
    modules.isStopCalled = true;
    app.stop().catch(() => {});
  };
  const modules = new FaultyModules(scenario.faults, () => clock.now(), stopEarly);
  const app = applicationOf(createModules(modules, scenario), {
    clock,
    hookTimeoutMs,
    maxConcurrency: scenario.maxConcurrency ?? Infinity,
    limits: { narrow: 1 },
    onModuleFailure: scenario.onModuleFailure,
    installations: memoryInstallations(),
    logger: createLogger({ format: "json", write: (line) => void log.push(line) }),
  });
  app.onTransition((transition) => void transitions.push(transition));
  const drive = (work: Promise<unknown>) => driveToEnd(work, clock);

  let cancelStop = () => {};
  if (scenario.stopAtMs !== undefined) cancelStop = clock.schedule(stopEarly, scenario.stopAtMs);
  const start = await drive(app.start());
  const active = app.report.status === "running" ? findActive(app) : [];
  modules.publish(active[0]);
  await clock.advance(0);
  const reached = active.length > 0 ? [...modules.received] : [];
  const changes: Ending[] = [];
  if (!start.hasFailed) {
    for (const { change, module } of scenario.changes ?? []) changes.push(await drive(app[change](`m${module}`)));
  }
  cancelStop();
  modules.isStopCalled = true;
  const stop = await drive(app.stop());
  const rest = {
    timersLeft: clock.pending - modules.sleeping,
    subscriptionsLeft: getEventListeners(modules.listening.signal, "abort").length,
  };
  const callCount = modules.calls.length;
  const secondStop = await drive(app.stop());
  await drive(app.stopped);
  const callsOfSecondStop = modules.calls.length - callCount;
  await clock.advance(1_000);
  const toldByErrors = listMessages(transitions, [start, ...changes, stop]).join("\n");
  const told = `${toldByErrors}\n${log.join("").replaceAll('\\"', '"')}`;
  return {
    scenario,
    app,
    modules,
    transitions,
    start,
    changes,
    stop,
    toldByErrors,
    told,
    active,
    reached,
    secondStop,
    callsOfSecondStop,
    ...rest,
  };
}

function createModules(modules: FaultyModules, { dependencies, waits = [], limited = [] }: Scenario): Module[] {
  return dependencies.map((own, position) => {
    const awaited = waits.filter(({ waiter }) => waiter === position).map(({ target }) => target);
    return modules.create(position, {
      dependencies: own,
      awaited,
      limits: limited.includes(position) ? ["narrow"] : [],
    });
  });
}

function findActive(app: Application): string[] {
  return app.report.modules.filter(({ state }) => state.status === "started").map(({ id }) => id);
}

function listMessages(transitions: readonly ModuleTransition[], endings: readonly Ending[]): string[] {
  const errors = [...endings.map(({ error }) => error), ...transitions.map(({ to }) => "error" in to && to.error)];
  return errors.filter((error) => error instanceof Error).map(({ message }) => message);
}

/** Lets time pass until the work has ended. */
async function driveToEnd(work: Promise<unknown>, clock: FakeClock): Promise<Ending> {
  let ending: Ending | undefined;
  work.then(
    () => (ending = { hasFailed: false }),
    (error: unknown) => (ending = { hasFailed: true, error }),
  );
  await clock.advance(0);
  for (let step = 0; step < 1_000 && !ending; step++) await clock.advance(10);
  if (!ending) throw new Error("the work did not end");
  return ending;
}

function memoryInstallations(): InstallationStore {
  const installations = new Map<string, Installation>();
  return {
    find: async (id) => installations.get(id),
    save: async (id, installation) => void installations.set(id, installation),
    remove: async (id) => void installations.delete(id),
  };
}
