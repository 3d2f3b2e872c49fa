/** The settings of both: objects are merged key by key, and of all else the later one wins, if it is defined. Changes neither. */
export function mergeSettings(earlier: unknown, later: unknown): unknown {
  if (later === undefined) return earlier;
  if (!isPlainObject(later)) return later;
  const merged: Record<string, unknown> = isPlainObject(earlier) ? { ...earlier } : {};
  for (const [key, value] of Object.entries(later)) {
    // To assign this key, or to merge into what an object inherits, would change the prototype.
    if (key === "__proto__" || value === undefined) continue;
    merged[key] = mergeSettings(merged[key], value);
  }
  return merged;
}

/** What the object itself holds under this key, whatever it inherits. */
export function getOwn(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
