import { readFile, stat } from "node:fs/promises";
import {
  ErrorCode,
  type EvaluationContext,
  type JsonValue,
  type Provider,
  type ResolutionDetails,
} from "@openfeature/server-sdk";
import { type ActivationContext, type Logger, sleep } from "@phasewise/runtime";
import { z } from "zod";
import type { FeatureFlagsSettings } from "./feature-flags-settings.js";
import { decide, type Flag, flagsSchema } from "./flag-rules.js";

/** The provider that the service evaluates flags with. */
export async function createFlagProvider(
  context: ActivationContext,
  settings: FeatureFlagsSettings,
): Promise<Provider> {
  const provider = new FileFlagProvider(settings.file, context.logger);
  context.background("watch the feature flags", (signal) => provider.watch(settings.everyMs, signal));
  return provider;
}

/** Flags of a JSON file. When the file changes for the worse, the flags stay what they were, and the log says why. */
class FileFlagProvider implements Provider {
  readonly metadata = { name: "file" };
  readonly runsOn = "server";
  readonly #file: string;
  readonly #logger: Logger;
  #flags: ReadonlyMap<string, Flag> = new Map();
  #version = "";

  constructor(file: string, logger: Logger) {
    this.#file = file;
    this.#logger = logger;
  }

  async initialize(): Promise<void> {
    this.#version = await this.#findVersion();
    this.#flags = await this.#read();
  }

  /** Looks for a new version of the file until the signal aborts. */
  async watch(everyMs: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(everyMs, { signal });
      const version = await this.#findVersion();
      if (version === this.#version) continue;
      this.#version = version;
      try {
        this.#flags = await this.#read();
        this.#logger.info("feature flags were read again", { flags: this.#flags.size });
      } catch (error) {
        this.#logger.error("feature flags stay what they were", { error });
      }
    }
  }

  async resolveBooleanEvaluation(name: string, fallback: boolean, context: EvaluationContext) {
    return this.#resolve(name, fallback, context);
  }

  async resolveStringEvaluation(name: string, fallback: string, context: EvaluationContext) {
    return this.#resolve(name, fallback, context);
  }

  async resolveNumberEvaluation(name: string, fallback: number, context: EvaluationContext) {
    return this.#resolve(name, fallback, context);
  }

  async resolveObjectEvaluation<T extends JsonValue>(name: string, fallback: T, context: EvaluationContext) {
    return this.#resolve(name, fallback, context);
  }

  #resolve<T>(name: string, fallback: T, context: EvaluationContext): ResolutionDetails<T> {
    const flag = this.#flags.get(name);
    if (flag === undefined) return { value: fallback, errorCode: ErrorCode.FLAG_NOT_FOUND, reason: "ERROR" };
    const { value, reason } = decide(name, flag, context);
    if (typeof value === typeof fallback) return { value: value as T, reason };
    return { value: fallback, errorCode: ErrorCode.TYPE_MISMATCH, reason: "ERROR" };
  }

  async #read(): Promise<ReadonlyMap<string, Flag>> {
    if (this.#version === "") return new Map();
    const parsed = flagsSchema.safeParse(parseJson(await readFile(this.#file, "utf8"), this.#file));
    if (parsed.success) return new Map(Object.entries(parsed.data));
    throw new Error(`${this.#file} has other flags than it should:\n${z.prettifyError(parsed.error)}`);
  }

  /** Changes with the file; empty while there is none. */
  async #findVersion(): Promise<string> {
    const stats = await stat(this.#file).catch(() => undefined);
    return stats === undefined ? "" : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON: ${String(cause)}`, { cause });
  }
}
