import { defineModule, type Module, type ModuleDefinition } from "@phasewise/runtime";

/** A module whose hooks write `hook id` into the list, each after it has let others go first. */
export function recordedModule(events: string[], id: string, overrides: Partial<ModuleDefinition> = {}): Module {
  const record = (hook: string) => async () => {
    await Promise.resolve();
    events.push(`${hook} ${id}`);
  };
  return defineModule({
    id,
    version: "1.0.0",
    initialize: record("initialize"),
    setupModule: record("setupModule"),
    start: record("start"),
    stop: record("stop"),
    ...overrides,
  });
}
