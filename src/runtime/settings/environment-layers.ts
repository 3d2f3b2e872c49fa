import { getOwn, isPlainObject } from "./merge-settings.js";
import { nest, type SettingsLayer } from "./settings-layer.js";

/** The environment, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the names of a module's variables begin with: `PHASEWISE_CORE_DATABASE__` for `core.database`. */
export function getVariablePrefix(moduleId: string): string {
  return `PHASEWISE_${moduleId.toUpperCase().replace(/[.-]/g, "_")}__`;
}

/** The variable that gives the setting at this path: `PHASEWISE_BILLING__MAX_SIZE` for `maxSize` of `billing`. */
export function getVariableName(moduleId: string, path: readonly string[]): string {
  const segments = path.map((key) =>
    key
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/-/g, "_")
      .toUpperCase(),
  );
  return getVariablePrefix(moduleId) + segments.join("__");
}

/** The variables whose names begin like those of any module. */
export function listVariables(environment: Environment): [name: string, text: string][] {
  return Object.entries(environment).flatMap(([name, text]) =>
    text !== undefined && name.startsWith("PHASEWISE_") ? [[name, text]] : [],
  );
}

/**
 * A layer for each variable of the module, the more specific ones later. A key is spelled as in `known`, the settings of
 * the other sources, if one of them differs in case, hyphens and underscores only, and in camelCase otherwise. A name
 * with an empty part is no setting.
 */
export function readVariables(
  moduleId: string,
  variables: readonly (readonly [name: string, text: string])[],
  known: unknown,
): SettingsLayer[] {
  const prefix = getVariablePrefix(moduleId);
  return variables
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, text]) => ({ name, text, segments: name.slice(prefix.length).split("__") }))
    .filter(({ segments }) => segments.every((segment) => /[^_]/.test(segment)))
    .sort((a, b) => a.segments.length - b.segments.length)
    .map(({ name, text, segments }) => {
      const path = spellPath(segments, known);
      return { source: `environment variable ${name}`, value: nest(path, text), variable: { path, text } };
    });
}

function spellPath(segments: readonly string[], known: unknown): string[] {
  let place = known;
  return segments.map((segment) => {
    const candidates = isPlainObject(place) ? Object.keys(place) : [];
    const key = candidates.find((candidate) => withoutSpelling(candidate) === withoutSpelling(segment));
    place = isPlainObject(place) && key !== undefined ? getOwn(place, key) : undefined;
    return key ?? toCamelCase(segment);
  });
}

function withoutSpelling(key: string): string {
  return key.replace(/[-_]/g, "").toLowerCase();
}

function toCamelCase(segment: string): string {
  const words = segment.toLowerCase().split("_").filter(Boolean);
  return words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join("");
}
