import type { TypeSpecifier } from "./type-queries/type-specifier.js";

/** What `settings: { phasewise: … }` of a configuration adds to the runtime's own vocabulary. */
export interface Settings {
  /** More types that are Results: those of another package, or of the workspace. */
  readonly resultTypes: readonly TypeSpecifier[];
  /** More classes whose heirs are services. */
  readonly serviceBases: readonly TypeSpecifier[];
}

export const defaultSettings: Settings = { resultTypes: [], serviceBases: [] };

/**
 * Reads the settings of a file's configuration.
 *
 * @throws Error where they are not what the rules can use: a misspelled name would silence them without a word.
 */
export function readSettings(value: unknown): Settings {
  const path = "settings.phasewise";
  if (!isRecord(value)) throw new Error(`\`${path}\` has to be an object with ${list(settingNames)}.`);
  requireKnownKeys(value, settingNames, path);
  return {
    resultTypes: readSpecifiers(value["resultTypes"], `${path}.resultTypes`),
    serviceBases: readSpecifiers(value["serviceBases"], `${path}.serviceBases`),
  };
}

const settingNames = ["resultTypes", "serviceBases"] as const satisfies readonly (keyof Settings)[];

function readSpecifiers(value: unknown, path: string): TypeSpecifier[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`\`${path}\` has to be a list of types, such as [${example}].`);
  return value.map((specifier: unknown, index) => readSpecifier(specifier, `${path}[${index}]`));
}

function readSpecifier(value: unknown, path: string): TypeSpecifier {
  if (isText(value)) return value;
  const from = isRecord(value) ? value["from"] : undefined;
  if (!isRecord(value) || !isSource(from))
    throw new Error(`\`${path}\` has to be a name, or an object with \`from\` "file", "lib" or "package": ${example}.`);
  requireKnownKeys(value, ["from", "name", ...places[from]], path);
  const { name } = value;
  if (!isText(name) && !(Array.isArray(name) && name.length > 0 && name.every(isText)))
    throw new Error(`\`${path}.name\` has to be a name or a list of names, as in ${example}.`);
  if (from === "package" && !isText(value["package"]))
    throw new Error(`\`${path}.package\` has to be the name of the package, as in ${example}.`);
  if (value["path"] !== undefined && !isText(value["path"]))
    throw new Error(`\`${path}.path\` has to be the end of a file's path, such as "src/result.ts".`);
  return value as unknown as TypeSpecifier;
}

const example = '{ from: "package", package: "neverthrow", name: "Result" }';

/** What a specifier has beside `from` and `name`. */
const places = { file: ["path"], lib: [], package: ["package"] } as const;

function isSource(value: unknown): value is keyof typeof places {
  return typeof value === "string" && Object.hasOwn(places, value);
}

function requireKnownKeys(value: Record<string, unknown>, known: readonly string[], path: string): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Error(`\`${path}\` has no \`${unknown}\`. It takes ${list(known)}.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" and ");
}
