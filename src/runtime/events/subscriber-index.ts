import { invalidPattern, invalidType } from "./errors.js";
import type { Subscriber } from "./subscriber.js";

const eventType = /^[^\s.*]+(?:\.[^\s.*]+)*$/;
const eventPattern = /^(?:[^\s.*]+\.)*(?:[^\s.*]+|\*)$/;
const maxKnownTypes = 10_000;

/** Finds the subscribers of an event by its type. A type that was asked for before costs one look into a map. */
export class SubscriberIndex {
  readonly #byPattern = new Map<string, Set<Subscriber>>();
  readonly #byType = new Map<string, readonly Subscriber[]>();

  /** @throws EventError `INVALID_EVENT_TYPE` */
  find(type: string): readonly Subscriber[] {
    return this.#byType.get(type) ?? this.#collect(type);
  }

  add(subscriber: Subscriber): void {
    const { pattern } = subscriber;
    const subscribers = this.#byPattern.get(pattern);
    if (subscribers) subscribers.add(subscriber);
    else this.#byPattern.set(pattern, new Set([subscriber]));
    this.#invalidate(pattern);
  }

  delete(subscriber: Subscriber): void {
    const { pattern } = subscriber;
    const subscribers = this.#byPattern.get(pattern);
    if (!subscribers?.delete(subscriber)) return;
    if (subscribers.size === 0) this.#byPattern.delete(pattern);
    this.#invalidate(pattern);
  }

  #collect(type: string): readonly Subscriber[] {
    if (!isMatch(eventType, type)) throw invalidType(type);
    const found = listPatterns(type).flatMap((pattern) => [...(this.#byPattern.get(pattern) ?? [])]);
    if (this.#byType.size >= maxKnownTypes) this.#byType.clear();
    this.#byType.set(type, found);
    return found;
  }

  #invalidate(pattern: string): void {
    if (pattern.endsWith("*")) this.#byType.clear();
    else this.#byType.delete(pattern);
  }
}

/** @throws EventError `INVALID_EVENT_TYPE` */
export function checkPattern(pattern: unknown): void {
  if (!isMatch(eventPattern, pattern)) throw invalidPattern(pattern);
}

/** The patterns that stand for a type, from the narrowest: `a.b`, `a.*`, `*`. */
export function listPatterns(type: string): string[] {
  const patterns = [type];
  for (let end = type.lastIndexOf("."); end > 0; end = type.lastIndexOf(".", end - 1)) {
    patterns.push(`${type.slice(0, end)}.*`);
  }
  patterns.push("*");
  return patterns;
}

function isMatch(form: RegExp, value: unknown): boolean {
  return typeof value === "string" && form.test(value);
}
