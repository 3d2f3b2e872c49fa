import { AsyncLocalStorage } from "node:async_hooks";

const zones = new AsyncLocalStorage<string>();

/** The id of the module that the running code works for; `undefined` for the test itself. */
export function findCurrentModule(): string | undefined {
  return zones.getStore();
}

/** Runs the work, and everything that it begins, as that of a module. */
export function runInModule<T>(moduleId: string, work: () => T): T {
  return zones.run(moduleId, work);
}
