import type { ServiceRegistry } from "@phasewise/runtime";
import type { Application } from "../modules/application.js";
import type { BootOptions } from "../modules/application-options.js";
import type { Module } from "../modules/define-module.js";
import { type Clock, runWithClock } from "../tasks/clock.js";
import { assembleApplication } from "./assemble-application.js";
import { type Enclosing, encloseMethods } from "./enclosed-object.js";
import { findLeakCheck } from "./leak-check.js";
import { runInModule } from "./module-zone.js";
import { type RecordedEvents, recordEvents } from "./recorded-events.js";
import { runAtEndOfTest, type TestContext } from "./test-end.js";

/** Fakes by service id. A fake needs only the members that the test uses. */
export type ServiceFakes = { readonly [Id in keyof ServiceRegistry]?: Partial<ServiceRegistry[Id]> };

/** What `testApplication` takes. */
export interface TestApplicationOptions extends BootOptions {
  /** The modules under test. A dependency that is not among them is taken for an active module without hooks. */
  readonly modules: readonly Module[];
  /** What takes the place of the services that modules register, or would register. */
  readonly services?: ServiceFakes;
  /** The context of the running test, where the framework has no global hooks: the application stops when that test ends. */
  readonly test?: TestContext;
}

/** An application of a test. */
export interface TestApplication extends Application {
  /** What has been published so far. */
  readonly events: RecordedEvents;
}

/**
 * Boots some modules of an application for a test, with fakes for the services of the others, and without log lines.
 *
 * It stops when the test ends: by itself in jest, in `node --test`, and in vitest with globals; elsewhere with `test`,
 * `await using` or `stop()`. Stopping it twice is harmless. With a `clock`, its services run by that clock.
 *
 * @throws ModuleError as `Application.start` does.
 *
 * @example
 * ```ts
 * import { defineModule } from "@phasewise/runtime";
 * import { testApplication } from "@phasewise/runtime/testing";
 *
 * const billing = defineModule({ id: "billing", version: "1.0.0", dependencies: ["core.database"] });
 *
 * await using app = await testApplication({ modules: [billing] });
 * console.log(app.report.status);
 * ```
 */
export async function testApplication(options: TestApplicationOptions): Promise<TestApplication> {
  const { modules, services = {}, test, ...rest } = options;
  const { clock } = rest;
  const check = findLeakCheck();
  if (clock) check?.watchClock(clock);
  const byClock = <T>(work: () => T): T => (clock ? runWithClock(clock, work) : work());
  const enclose = <T>(moduleId: string, work: () => T): T => {
    const outcome = byClock(() => runInModule(moduleId, work));
    check?.watchWork(moduleId, outcome);
    return outcome;
  };

  const app = assembleApplication({ ...rest, modules, services, enclose });
  const events = recordEvents(app, app.stopped);
  await byClock(() => app.start());
  await runAtEndOfTest(() => (app.report.status === "running" ? app.stop() : app.stopped), test);
  encloseServices(app, services, clock);
  return Object.assign(app, { events });
}

/** Services are taken from the application by the test, but what they do is done by the application's clock, for its modules. */
function encloseServices(app: Application, fakes: object, clock: Clock | undefined): void {
  const getService = app.getService.bind(app) as (id: string) => object;
  const enclosed = new WeakMap<object, object>();
  const value = (id: string): object => {
    const service = getService(id);
    const owner = id in fakes ? undefined : app.report.modules.find(({ services }) => services.includes(id))?.id;
    if (!clock && owner === undefined) return service;
    const known = enclosed.get(service);
    if (known) return known;

    const inModule: Enclosing = (call) => (owner === undefined ? call() : runInModule(owner, call));
    const made = encloseMethods(service, (call) =>
      clock ? runWithClock(clock, () => inModule(call)) : inModule(call),
    );
    enclosed.set(service, made);
    return made;
  };
  Object.defineProperty(app, "getService", { value, configurable: true });
}
