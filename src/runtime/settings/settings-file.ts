import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { ambiguousFiles, malformedFile, type Position, unreadable, yamlNotInstalled } from "./errors.js";
import { isPlainObject } from "./merge-settings.js";
import type { SettingsLayer } from "./settings-layer.js";

const formats = [".json", ".yaml", ".yml"];

/**
 * The names of the settings files in the directory; none if it does not exist. Only what is listed here is ever read, so
 * no module id leads out of the directory.
 *
 * @throws SettingsError `SETTINGS_UNREADABLE`.
 */
export async function listSettingsFiles(directory: string): Promise<ReadonlySet<string>> {
  try {
    return new Set((await readdir(directory)).filter((name) => formats.includes(extname(name))));
  } catch (cause) {
    if (isMissing(cause)) return new Set();
    throw unreadable(directory, cause);
  }
}

/**
 * The layer of the module's settings file, without a value if it has none among these.
 *
 * @throws SettingsError `SETTINGS_AMBIGUOUS`, `SETTINGS_UNREADABLE`, `SETTINGS_MALFORMED` or `YAML_NOT_INSTALLED`.
 */
export async function readSettingsFile(
  directory: string,
  names: ReadonlySet<string>,
  moduleId: string,
): Promise<SettingsLayer> {
  const candidates = formats.map((format) => moduleId + format);
  const own = candidates.filter((name) => names.has(name)).map((name) => join(directory, name));
  const [source] = own;
  if (source === undefined) return { source: join(directory, `${moduleId}.json`), value: undefined };
  if (own.length > 1) throw ambiguousFiles(moduleId, own);
  const content = await readFile(source, "utf8").catch((cause: unknown) => {
    throw unreadable(source, cause);
  });
  const text = content.replace(/^\uFEFF/, "");
  const value = source.endsWith(".json") ? parseJson(source, text) : await parseYaml(source, text);
  if (!isPlainObject(value)) throw malformedFile(source, "does not hold an object");
  return { source, value };
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformedFile(file, "is not valid JSON", findJsonError(text, error as SyntaxError));
  }
}

/** Where the parser stopped, or else the first thing that is no word of JSON. Its message may quote a secret: it is dropped. */
function findJsonError(text: string, { message }: SyntaxError): Position | undefined {
  const told = /at position (\d+)/.exec(message)?.[1];
  const words = /^(?:[\s[\]{},:]|"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)*/.exec(text)![0];
  const offset = told === undefined ? words.length : Number(told);
  if (told === undefined && offset === text.length) return undefined;
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, col: lines.at(-1)!.length + 1 };
}

/** What is used of the package `yaml`, which only applications with YAML files have. */
interface Yaml {
  parse(text: string): unknown;
}

async function parseYaml(file: string, text: string): Promise<unknown> {
  const yamlPackage: string = "yaml";
  const yaml: Yaml = await import(yamlPackage).catch((cause: unknown) => {
    throw yamlNotInstalled(file, cause);
  });
  try {
    return yaml.parse(text) ?? {};
  } catch (error) {
    throw malformedFile(file, "is not valid YAML", (error as { linePos?: Position[] }).linePos?.[0]);
  }
}

function isMissing(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException).code === "ENOENT";
}
