import type { Config } from "./config.js";
import { invalidValues, missingValue, wrongType } from "./errors.js";

/** What a config is made of; what is `undefined` is not there. */
export type ConfigValues = { readonly [name: string]: ConfigValues | string | number | boolean | undefined };

type Tree = ReadonlyMap<string, Tree | string | number | boolean>;

/**
 * Makes a config of a copy of the values: what becomes of them later does not matter. Of several sources, let the later
 * ones win by a spread.
 *
 * @throws ConfigError `INVALID_VALUES`, naming the first value that is none.
 *
 * @example
 * ```ts
 * import { createConfig } from "@phasewise/runtime/platform";
 *
 * const config = createConfig({ http: { port: "8080" }, ...process.env });
 * console.log(config.getNumber("http.port"), config.getBoolean("VERBOSE", false));
 * ```
 */
export function createConfig(values: ConfigValues): Config {
  return new TreeConfig(copy(values, ""), "");
}

class TreeConfig implements Config {
  readonly #tree: Tree;
  readonly #prefix: string;

  constructor(tree: Tree, prefix: string) {
    this.#tree = tree;
    this.#prefix = prefix;
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  getString(name: string, fallback?: string): string {
    return this.#get(name, "a text", fallback, (value) => (typeof value === "string" ? value : undefined));
  }

  getNumber(name: string, fallback?: number): number {
    return this.#get(name, "a number", fallback, toNumber);
  }

  getBoolean(name: string, fallback?: boolean): boolean {
    return this.#get(name, "true or false", fallback, toBoolean);
  }

  getSection(name: string): Config {
    const found = this.#find(name) ?? new Map();
    if (!(found instanceof Map)) throw wrongType(this.#prefix + name, "a record", found);
    return new TreeConfig(found, `${this.#prefix}${name}.`);
  }

  #get<T>(name: string, expected: string, fallback: T | undefined, read: (value: unknown) => T | undefined): T {
    const found = this.#find(name);
    if (found === undefined && fallback !== undefined) return fallback;
    if (found === undefined) throw missingValue(this.#prefix + name);
    const value = read(found);
    if (value === undefined) throw wrongType(this.#prefix + name, expected, found);
    return value;
  }

  /** A name with dots may also be one of its own. */
  #find(name: string): unknown {
    const parts = name.split(".");
    const below = parts.reduce<unknown>((tree, part) => (tree instanceof Map ? tree.get(part) : undefined), this.#tree);
    return this.#tree.get(name) ?? below;
  }
}

function copy(values: unknown, path: string): Tree {
  if (typeof values !== "object" || values === null || Array.isArray(values)) throw invalidValues(path, values);
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return new Map(entries.map(([name, value]) => [name, copyValue(value, path === "" ? name : `${path}.${name}`)]));
}

function copyValue(value: unknown, path: string): Tree | string | number | boolean {
  if (typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return value as string;
  return copy(value, path);
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  return value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;
}
