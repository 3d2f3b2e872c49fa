import { PhasewiseError } from "../results/coded-error.js";

/** What can be wrong with the use of events; `docs/events.md` has the meaning of each. */
export type EventErrorCode = "INVALID_EVENT_TYPE" | "INVALID_EVENT_OPTION" | "PUBLISH_DEADLOCK" | "EVENTS_CLOSED";

/**
 * What misused events throw. A `PUBLISH_DEADLOCK` is not thrown: it is among the failures that `publish` tells.
 *
 * @example
 * ```ts
 * import { EventError } from "@phasewise/runtime";
 *
 * export const isDeadlock = (error: unknown) => error instanceof EventError && error.code === "PUBLISH_DEADLOCK";
 * ```
 */
export class EventError extends PhasewiseError<EventErrorCode> {}

export const invalidType = (type: unknown) =>
  new EventError(
    "INVALID_EVENT_TYPE",
    `${write(type)} is not the type of an event. Publish a type such as "billing.invoice-paid"; patterns are for subscribers.`,
  );

export const invalidPattern = (pattern: unknown) =>
  new EventError(
    "INVALID_EVENT_TYPE",
    `${write(pattern)} is not a pattern of event types. Give a type such as "billing.invoice-paid", a prefix such as "billing.*", or "*".`,
  );

export const invalidOption = (name: string, expectation: string, value: unknown) =>
  new EventError("INVALID_EVENT_OPTION", `${name} must be ${expectation}, not ${write(value)}.`);

export const publishDeadlock = (type: string, moduleId: string, pattern: string) =>
  new EventError(
    "PUBLISH_DEADLOCK",
    `A handler of "${pattern}" of module "${moduleId}" was not given the event "${type}": it can only begin when a running ` +
      "one has ended, and that one waits for this event to be handled. Use publishAndForget, or raise the handler's concurrency.",
  );

export const moduleStopped = (moduleId: string) =>
  new EventError(
    "EVENTS_CLOSED",
    `Module "${moduleId}" was stopped, and with it what handles events and waits for them.`,
  );

export const eventsClosed = (moduleId: string, call: string) =>
  new EventError(
    "EVENTS_CLOSED",
    `Module "${moduleId}" called ${call} after it was stopped. Use events while the module is active.`,
  );

function write(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
