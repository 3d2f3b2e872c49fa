import { Result } from "../../results/result.js";
import { getIssuePath, type StandardSchema } from "../../settings/schema.js";
import { withoutValues } from "../../settings/without-values.js";
import { currentClock } from "../../tasks/clock.js";
import { sleep } from "../../tasks/sleep.js";
import { writeJson } from "../json-text.js";
import { type CallScope, PlatformCalls } from "../platform-calls.js";
import type { CallOptions, Health, PlatformFailureCode } from "../platform-service.js";
import { isSettingName, requireSettingName } from "./setting-name.js";
import type { SettingsStore } from "./settings-store.js";
import type { Settings, SettingsFailureCode, SettingsWatchOptions } from "./settings.js";

/** What makes the calls of settings; `PlatformCalls` does. */
export type SettingsCalls = Pick<PlatformCalls, "run" | "drain">;

/** What `StoredSettings` are made of. */
export interface StoredSettingsOptions {
  readonly store: SettingsStore;
  /** How long a call may take that does not say so itself, in milliseconds. */
  readonly timeoutMs: number;
  /** What makes the calls; bounded, traced and measured ones by default. */
  readonly calls?: SettingsCalls;
}

/** `Settings` over a store of texts. Adapters bring the store, and have names, JSON, schemas and watches in common. */
export class StoredSettings implements Settings {
  readonly #store: SettingsStore;
  readonly #calls: SettingsCalls;
  readonly #end = new AbortController();

  constructor({ store, timeoutMs, calls }: StoredSettingsOptions) {
    this.#store = store;
    this.#calls = calls ?? new PlatformCalls({ service: "settings", timeoutMs, codeOf: () => "UNAVAILABLE" });
  }

  async read<T>(
    name: string,
    schema: StandardSchema<T>,
    options?: CallOptions,
  ): Promise<Result<T, SettingsFailureCode>> {
    const text = await this.#readText(name, options);
    return text.success ? parse(name, schema, text.data) : text;
  }

  async write(name: string, value: unknown, options?: CallOptions): Promise<Result<undefined, SettingsFailureCode>> {
    const known = requireSettingName(name);
    if (!known.success) return known;
    const text = writeJson(value);
    if (!text.success) return text;
    const written = await this.#run("write", options, (call) => this.#store.write(name, text.data, call));
    return Result.map(written, () => undefined);
  }

  async list(prefix = "", options?: CallOptions): Promise<Result<readonly string[], SettingsFailureCode>> {
    const names = await this.#run("list", options, (call) => this.#store.list(call));
    return Result.map(names, (all) => all.filter((name) => isSettingName(name) && name.startsWith(prefix)).sort());
  }

  async remove(name: string, options?: CallOptions): Promise<Result<boolean, SettingsFailureCode>> {
    const known = requireSettingName(name);
    if (!known.success) return known;
    return this.#run("remove", options, (call) => this.#store.remove(name, call));
  }

  async watch<T>(
    name: string,
    schema: StandardSchema<T>,
    handler: (settings: T) => unknown,
    { signal, everyMs = 30_000, onFailure }: SettingsWatchOptions,
  ): Promise<Result<undefined, SettingsFailureCode | "HANDLER_FAILED">> {
    const ending = AbortSignal.any([signal, this.#end.signal]);
    let known: string | undefined;
    while (!ending.aborted) {
      const look = await this.#look(name, schema, known, ending);
      if (look.success && look.data) {
        const { text, settings } = look.data;
        const handled = await Result.attempt("HANDLER_FAILED", () => handler(settings));
        if (!handled.success) return handled;
        known = text;
      } else if (!look.success && !ending.aborted) {
        if (known === undefined) return look;
        onFailure?.(look.error);
      }
      await sleep(everyMs, { signal: ending }).catch(ignoreAbort(ending));
    }
    return Result.success(undefined);
  }

  async health(options?: CallOptions): Promise<Result<Health, PlatformFailureCode>> {
    const begunMs = currentClock().now();
    const names = await this.#run("health", options, (call) => this.#store.list(call));
    return Result.map(names, ({ length }) => ({
      latencyMs: currentClock().now() - begunMs,
      details: { settings: length },
    }));
  }

  /** Ends all watches, and waits for the calls that run. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#calls.drain();
  }

  /** Gives the settings if they are other ones than those that are known. */
  async #look<T>(name: string, schema: StandardSchema<T>, known: string | undefined, signal: AbortSignal) {
    const text = await this.#readText(name, { signal });
    if (!text.success) return text;
    if (text.data === known) return Result.success(undefined);
    return Result.map(await parse(name, schema, text.data), (settings) => ({ text: text.data, settings }));
  }

  async #readText(name: string, options?: CallOptions): Promise<Result<string, SettingsFailureCode>> {
    const known = requireSettingName(name);
    if (!known.success) return known;
    const text = await this.#run("read", options, (call) => this.#store.read(name, call));
    if (!text.success) return text;
    return text.data === undefined
      ? Result.error("NOT_FOUND", `there are no settings ${name}`)
      : Result.success(text.data);
  }

  #run<T>(
    operation: string,
    options: CallOptions | undefined,
    work: (scope: Pick<CallScope, "signal">) => Promise<Result<T, PlatformFailureCode>>,
  ) {
    return this.#calls.run(operation, options, (scope) => work({ signal: scope.signal }));
  }
}

/** Messages name no values: some settings are nobody's business. */
async function parse<T>(name: string, schema: StandardSchema<T>, text: string): Promise<Result<T, "INVALID_SETTINGS">> {
  const value = await Result.attempt("INVALID_SETTINGS", async () => JSON.parse(text) as unknown);
  if (!value.success) return Result.error("INVALID_SETTINGS", `the settings ${name} are no JSON`);
  const outcome = await schema["~standard"].validate(value.data);
  if (!outcome.issues) return Result.success(outcome.value);
  const lines = outcome.issues.map((issue) => `${getIssuePath(issue).join(".") || "all"}: ${issue.message}`);
  return Result.error("INVALID_SETTINGS", `the settings ${name}: ${withoutValues(lines.join("; "), value.data)}`);
}

function ignoreAbort(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}
