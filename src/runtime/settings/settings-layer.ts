import { getOwn, isPlainObject } from "./merge-settings.js";
import { getIssuePath, type SchemaIssue } from "./schema.js";
import { withoutValues } from "./without-values.js";

/** What one source says about the settings of a module. */
export interface SettingsLayer {
  /** What messages call it: a file, an environment variable, the options of the application. */
  readonly source: string;
  readonly value: unknown;
  /** The text of an environment variable, and the path of the setting that it gives, until it has been read as JSON. */
  readonly variable?: { readonly path: readonly string[]; readonly text: string };
  /** What the schema said about the text, without it, once it has been read as JSON. */
  readonly objection?: string | undefined;
}

/** The settings with this value at this path, and nothing else. */
export function nest(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** What stands at this path, or else the array or other value on the way that takes its place. */
export function findAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((found, key) => (isPlainObject(found) ? getOwn(found, key) : found), value);
}

/** The layers that what stands at this path comes from, the strongest first; none if it is missing. */
export function findOrigins(layers: readonly SettingsLayer[], path: readonly string[]): SettingsLayer[] {
  const strongestFirst = layers.toReversed().filter(({ value }) => findAt(value, path) !== undefined);
  const decisive = strongestFirst.findIndex(({ value }) => !isPlainObject(findAt(value, path)));
  return decisive < 0 ? strongestFirst : strongestFirst.slice(0, decisive + 1);
}

/**
 * The layer with its text read as JSON, if that is the JSON of anything but a string, and an issue is about it or an object
 * of a stronger layer hides it from the schema.
 */
export function readAsJson(layer: SettingsLayer, input: unknown, issues: readonly SchemaIssue[]): SettingsLayer {
  const { source, variable } = layer;
  if (!variable) return layer;
  const { path, text } = variable;
  const issue = issues.find((candidate) => leadsInto(path, getIssuePath(candidate)));
  if (!issue && !isPlainObject(findAt(input, path))) return layer;
  const parsed = parseJson(text);
  if (parsed === undefined || typeof parsed === "string") return layer;
  return { source, value: nest(path, parsed), objection: issue && withoutValues(issue.message, text) };
}

function leadsInto(outer: readonly string[], path: readonly string[]): boolean {
  return outer.every((key, index) => path[index] === key);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
