import { type ActivationContext, Result, Service, type StandardSchema } from "@phasewise/runtime";
import { type CallOptions, type Settings, type SettingsWatchOptions, StoredSettings } from "@phasewise/runtime/platform";
import { SettingsFolder } from "./settings-folder.js";
import type { SettingsSettings } from "./settings-settings.js";

/** Settings in files of a folder, which people may edit as well. */
export class SettingsService extends Service<SettingsSettings> implements Settings {
  #settings!: StoredSettings;

  protected override async onInitialize(_context: ActivationContext, { folder, timeoutMs }: SettingsSettings) {
    this.#settings = new StoredSettings({ store: new SettingsFolder(folder), timeoutMs });
    return Result.success(undefined);
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
