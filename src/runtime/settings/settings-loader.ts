import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { type Environment, getVariablePrefix, listVariables, readVariables } from "./environment-layers.js";
import { invalidSchema } from "./errors.js";
import { getOwn, mergeSettings } from "./merge-settings.js";
import { isStandardSchema, type StandardSchema } from "./schema.js";
import { listSettingsFiles, readSettingsFile } from "./settings-file.js";
import type { SettingsLayer } from "./settings-layer.js";
import { validateLayers } from "./validate-layers.js";

/** What `registerSettings` takes beside the schema. */
export interface SettingsOptions {
  /**
   * The dotted paths of values to keep out of the logs, each with all that is below it. What is called `password`, `token`
   * and the like is kept out anyway.
   */
  readonly secrets?: readonly string[];
}

/** Where settings come from, and who learns which of them are secret. */
export interface SettingsSources {
  /** The folder of the settings files; `settings` in the working directory by default. */
  readonly directory?: string | URL;
  /** The environment variables; those of the process by default. */
  readonly environment?: Environment;
  /** The settings by module id that are stronger than every other source. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** Told of each secret before a schema sees it, and of those that a schema made. */
  readonly onSecret?: (secret: string) => void;
}

/** Settings that are there for a module that is not. */
export interface StraySettings {
  /** The file, the environment variable, or the option of `createApplication`. */
  readonly source: string;
  /** The module id that it names. */
  readonly moduleId: string;
}

const overridesSource = "createApplication({ settings })";

/** Reads the settings of modules: from the file of the module, then from the environment, then from the overrides. */
export class SettingsLoader {
  readonly #directory: string;
  readonly #environment: Environment;
  readonly #overrides: Readonly<Record<string, unknown>>;
  readonly #onSecret: (secret: string) => void;
  #files: Promise<ReadonlySet<string>> | undefined;
  #variables: ReturnType<typeof listVariables> | undefined;

  constructor(sources: SettingsSources = {}) {
    const { directory = "settings", environment = process.env, overrides = {}, onSecret = () => {} } = sources;
    this.#directory = typeof directory === "string" ? directory : fileURLToPath(directory);
    this.#environment = environment;
    this.#overrides = overrides;
    this.#onSecret = onSecret;
  }

  /**
   * Gives what the schema makes of a module's settings. Which files and variables there are is found out once, at the first call.
   *
   * @throws SettingsError `INVALID_SETTINGS` with every issue, or why the file or the schema cannot be used.
   */
  async load<Output>(moduleId: string, schema: StandardSchema<Output>, options: SettingsOptions = {}): Promise<Output> {
    if (!isStandardSchema(schema)) throw invalidSchema(moduleId, "is no Standard Schema of version 1");
    const { secrets = [] } = options;
    const layers = await this.#readLayers(moduleId);
    return validateLayers({ moduleId, schema, secrets, onSecret: this.#onSecret }, layers);
  }

  /** Where there are settings for modules that are not among these: their names may be misspelled. */
  async findStrays(moduleIds: readonly string[]): Promise<StraySettings[]> {
    const prefixes = new Set(moduleIds.map(getVariablePrefix));
    const files = [...(await this.#listFiles())].map((name) => ({
      source: join(this.#directory, name),
      moduleId: parse(name).name,
    }));
    const variables = this.#listVariables().flatMap(([name]) => {
      const [prefix, id] = /^PHASEWISE_(\w+?)__/.exec(name) ?? [];
      if (prefix === undefined || id === undefined || prefixes.has(prefix)) return [];
      return [{ source: `environment variable ${name}`, moduleId: id.toLowerCase().replaceAll("_", ".") }];
    });
    const overrides = Object.keys(this.#overrides).map((moduleId) => ({ source: overridesSource, moduleId }));
    const isStray = ({ moduleId }: StraySettings) => !moduleIds.includes(moduleId);
    return [...files.filter(isStray), ...variables, ...overrides.filter(isStray)];
  }

  async #readLayers(moduleId: string): Promise<SettingsLayer[]> {
    const file = await readSettingsFile(this.#directory, await this.#listFiles(), moduleId);
    const overrides = { source: overridesSource, value: getOwn(this.#overrides, moduleId) };
    const known = mergeSettings(file.value, overrides.value);
    return [file, ...readVariables(moduleId, this.#listVariables(), known), overrides];
  }

  #listFiles(): Promise<ReadonlySet<string>> {
    return (this.#files ??= listSettingsFiles(this.#directory));
  }

  #listVariables() {
    return (this.#variables ??= listVariables(this.#environment));
  }
}
