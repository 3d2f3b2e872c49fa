import { setImmediate as nextTurn } from "node:timers/promises";
import { EventBus } from "../../../src/runtime/events/event-bus.js";
import type { EventOwner } from "../../../src/runtime/events/event-owner.js";
import type { ModuleEvents } from "../../../src/runtime/events/module-events.js";
import { type FakeClock, fakeClock } from "@phasewise/runtime/testing";
import "./registry.js";

/** A bus on a clock that stands still. */
export function eventBus(clock: FakeClock = fakeClock()): EventBus {
  return new EventBus({ clock });
}

/** A module of the tests, with what it has written to its log. */
export interface EventModule {
  readonly events: ModuleEvents;
  readonly log: unknown[];
  /** The background tasks that are running. */
  readonly tasks: Map<string, Promise<unknown>>;
}

/** Makes a module that uses events on the bus; it is in phase 2 unless told otherwise. */
export function eventModule(bus: EventBus, id = "alpha", overrides: Partial<EventOwner> = {}): EventModule {
  const log: unknown[] = [];
  const tasks = new Map<string, Promise<unknown>>();
  const events = bus.createModuleEvents({
    id,
    logger: { error: (message, fields) => log.push({ message, ...fields }) },
    isRegistering: () => false,
    background: (name, work) =>
      void tasks.set(
        name,
        work(new AbortController().signal).finally(() => tasks.delete(name)),
      ),
    enclose: (work) => work(),
    ...overrides,
  });
  return { events, log, tasks };
}

/** Something to wait for, opened by the test. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Lets everything run that can run without the test. */
export function turn(): Promise<void> {
  return nextTurn();
}
