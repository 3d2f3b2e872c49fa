import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import {
  type CallOptions,
  parseSecretName,
  PlatformCalls,
  readSecrets,
  Secret,
  type SecretHandler,
  type Secrets,
  watchSecret,
  type WatchOptions,
} from "@phasewise/runtime/platform";
import { MountedFolder } from "./mounted-folder.js";
import type { SecretsSettings } from "./secrets-settings.js";

/** Reads secrets from files that are mounted into the container, and from environment variables where there is no file. */
export class SecretsService extends Service<SecretsSettings> implements Secrets {
  readonly #closing = new AbortController();
  #calls!: PlatformCalls;
  #folder!: MountedFolder;
  #settings!: SecretsSettings;

  protected override async onInitialize(_context: ActivationContext, settings: SecretsSettings) {
    this.#settings = settings;
    this.#folder = new MountedFolder(settings.folder);
    const { timeoutMs } = settings;
    this.#calls = new PlatformCalls<never>({ service: "secrets", timeoutMs, codeOf: () => "UNAVAILABLE" });
    return Result.success(undefined);
  }

  protected override async onDispose(): Promise<void> {
    this.#closing.abort();
    await this.#calls.drain();
  }

  /** Reads a secret as it is now. An empty one is `NOT_FOUND`. */
  async getSecret(name: string, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("getSecret", options, () => this.#read(name));
  }

  /** Reads several at the same time: all of them, or the first Failure. */
  async getSecrets<Name extends string>(names: readonly Name[], options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("getSecrets", options, () => readSecrets(names, (name) => this.#read(name)));
  }

  /** Looks every `everyMs` milliseconds whether the file has changed; variables of a running process do not. */
  async watch(name: string, handler: SecretHandler, options: WatchOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return watchSecret((call) => this.getSecret(name, call), handler, { ...options, signal });
  }

  /** There is no server to ask: tells where secrets are read from. */
  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.health(options, async () => ({ folder: this.#settings.folder }));
  }

  async #read(name: string): Promise<Result<Secret, "NOT_FOUND" | "FORBIDDEN" | "INVALID_NAME">> {
    const parsed = parseSecretName(name);
    if (!parsed.success) return parsed;

    const variable = this.#settings.prefix + parsed.data.join("__").replaceAll("-", "_").toUpperCase();
    const file = await this.#folder.findText(name);
    if (!file.success) return file;
    const text = file.data ?? process.env[variable];
    if (text) return Result.success(new Secret(text));
    return Result.error(
      "NOT_FOUND",
      `there is neither a file ${this.#settings.folder}/${name} nor a variable ${variable}`,
    );
  }
}
