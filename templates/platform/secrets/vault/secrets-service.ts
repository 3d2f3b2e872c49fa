import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import { HttpClient, type HttpHeaders } from "@phasewise/runtime/http";
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
import { z } from "zod";
import type { SecretsSettings } from "./secrets-settings.js";
import { type VaultFailureCode, vaultFailure } from "./vault-failure.js";
import { VaultSession } from "./vault-session.js";

const stored = z.object({ data: z.object({ data: z.record(z.string(), z.unknown()) }) });

/** Reads secrets from HashiCorp Vault, version 2 of its key-value engine. Its token is renewed in the background. */
export class SecretsService extends Service<SecretsSettings> implements Secrets {
  readonly #closing = new AbortController();
  #calls!: PlatformCalls;
  #http!: HttpClient;
  #session!: VaultSession;
  #settings!: SecretsSettings;

  protected override async onInitialize(context: ActivationContext, settings: SecretsSettings) {
    const { url, namespace, timeoutMs } = settings;
    this.#settings = settings;
    this.#http = new HttpClient({
      baseUrl: `${url.replace(/\/+$/, "")}/v1/`,
      headers: { "x-vault-request": "true", "x-vault-namespace": namespace },
      timeoutMs,
      maxRedirects: 0,
    });
    this.#session = new VaultSession(this.#http, settings);
    this.#calls = new PlatformCalls<never>({ service: "secrets", timeoutMs, codeOf: () => "UNAVAILABLE" });
    const opened = await this.#session.open();
    if (opened.success)
      context.background("renew the token of Vault", (signal) => this.#session.keep(context.logger, signal));
    else await this.#http.close();
    return opened;
  }

  protected override async onDispose(): Promise<void> {
    this.#closing.abort();
    await this.#calls.drain();
    await this.#http.close();
  }

  /** Reads a secret as it is now. One without the field, or with an empty one, is `NOT_FOUND`. */
  async getSecret(name: string, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("getSecret", options, ({ signal }) => this.#read(name, signal));
  }

  /** Reads several at the same time: all of them, or the first Failure. */
  async getSecrets<Name extends string>(names: readonly Name[], options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("getSecrets", options, ({ signal }) =>
      readSecrets(names, (name) => this.#read(name, signal)),
    );
  }

  /** Looks every `everyMs` milliseconds whether there is a new version with another text. */
  async watch(name: string, handler: SecretHandler, options: WatchOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return watchSecret((call) => this.getSecret(name, call), handler, { ...options, signal });
  }

  /** Asks Vault whether it is there, initialized and not sealed. */
  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.health(options, async ({ signal }) => {
      const query = { standbyok: true, perfstandbyok: true };
      const answer = await this.#http.get("sys/health", { query, signal, retry: false, as: "bytes" });
      if (!answer.success) throw new Error(answer.error.message, { cause: answer.error });
      return { status: answer.data.status };
    });
  }

  async #read(name: string, signal: AbortSignal): Promise<Result<Secret, VaultFailureCode | "INVALID_NAME">> {
    const parsed = parseSecretName(name);
    if (!parsed.success) return parsed;
    const { mount, folder } = this.#settings;
    const path = [mount, "data", ...(folder ? [folder] : []), ...parsed.data].join("/");
    const { headers } = this.#session;
    const secret = await this.#request(path, headers, signal);
    if (secret.success || secret.error.code !== "FORBIDDEN" || !(await this.#session.replace(headers))) return secret;
    return this.#request(path, this.#session.headers, signal);
  }

  async #request(path: string, headers: HttpHeaders, signal: AbortSignal): Promise<Result<Secret, VaultFailureCode>> {
    const answer = await this.#http.get(path, { headers, schema: stored, signal });
    if (!answer.success) return vaultFailure(answer.error);
    const text = answer.data.body.data.data[this.#settings.field];
    if (typeof text === "string" && text !== "") return Result.success(new Secret(text));
    return Result.error("NOT_FOUND", `${path} has no text in its field ${this.#settings.field}`);
  }
}
