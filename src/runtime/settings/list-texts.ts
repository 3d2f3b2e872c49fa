import { isPlainObject } from "./merge-settings.js";

/** A text or number in settings, and the keys that lead to it; positions in arrays are left out. */
export interface FoundText {
  readonly path: readonly string[];
  readonly text: string;
}

/** Every text and number in the settings, at any depth. */
export function listTexts(settings: unknown, path: readonly string[] = []): FoundText[] {
  if (Array.isArray(settings)) return settings.flatMap((item) => listTexts(item, path));
  if (isPlainObject(settings))
    return Object.entries(settings).flatMap(([key, value]) => listTexts(value, [...path, key]));
  return ["string", "number", "bigint"].includes(typeof settings) ? [{ path, text: String(settings) }] : [];
}
