import { type ActivationContext, Service, type StandardSchema } from "@phasewise/runtime";
import {
  type CallOptions,
  type Database,
  type Settings,
  type SettingsWatchOptions, StoredSettings } from "@phasewise/runtime/platform";
import type { SettingsSettings } from "./settings-settings.js";
import { SettingsTable } from "./settings-table.js";

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "core.database": Database;
  }
}

/** Settings in a table of the database, which all processes share. */
export class SettingsService extends Service<SettingsSettings> implements Settings {
  #settings!: StoredSettings;

  protected override async onInitialize(context: ActivationContext, { timeoutMs }: SettingsSettings) {
    const table = new SettingsTable(context.getService("core.database"));
    this.#settings = new StoredSettings({ store: table, timeoutMs });
    return table.create();
  }

  protected override async onDispose() {
    await this.#settings.close();
  }

  async read<T>(name: string, schema: StandardSchema<T>, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#settings.read(name, schema, options);
  }

  async write(name: string, value: unknown, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#settings.write(name, value, options);
  }

  async list(prefix?: string, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#settings.list(prefix, options);
  }

  async remove(name: string, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#settings.remove(name, options);
  }

  async watch<T>(
    name: string,
    schema: StandardSchema<T>,
    handler: (settings: T) => unknown,
    options: SettingsWatchOptions,
  ) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#settings.watch(name, schema, handler, options);
  }

  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#settings.health(options);
  }
}
