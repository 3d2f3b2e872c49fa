/* The registry is augmented as a member of the package, so it is declared in the package's index and read from there. */
import type { EventRegistry } from "@phasewise/runtime";
import type { CloudEvent } from "./cloud-event.js";

/** The type of an event that some module has declared in `EventRegistry`. */
export type EventType = keyof EventRegistry & string;

/** What one can listen to: one type, all types below a prefix at any depth (`billing.*`), or every event (`*`). */
export type EventPattern = keyof TypesByPattern | "*";

/** The data of the events that a pattern stands for; a union where it stands for several types. */
export type EventDataOf<Pattern extends EventPattern> = EventRegistry[MatchOf<Pattern>];

/** The events that a pattern stands for; checking `type` narrows `data`. */
export type EventOf<Pattern extends EventPattern> = {
  [Type in MatchOf<Pattern>]: CloudEvent<EventRegistry[Type], Type>;
}[MatchOf<Pattern>];

/** Made once: to compare every pattern with every type takes minutes where there are a thousand of them. */
type TypesByPattern = { [Type in EventType as Type | `${PrefixOf<Type>}.*`]: Type };

type PrefixOf<Type extends string> = Type extends `${infer Head}.${infer Rest}`
  ? Head | `${Head}.${PrefixOf<Rest>}`
  : never;

type MatchOf<Pattern extends EventPattern> = (TypesByPattern & { "*": EventType })[Pattern];
