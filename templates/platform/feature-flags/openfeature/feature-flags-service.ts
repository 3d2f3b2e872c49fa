import { type Client, NOOP_PROVIDER, OpenFeature } from "@openfeature/server-sdk";
import { type ActivationContext, type Logger, Result, Service, withTimeout } from "@phasewise/runtime";
import {
  type CallOptions,
  evaluationOf,
  type FeatureFlags,
  type FlagContext,
  type FlagObject,
  PlatformCalls,
} from "@phasewise/runtime/platform";
import type { FeatureFlagsSettings } from "./feature-flags-settings.js";
import { createFlagProvider } from "./flag-provider.js";

/** Evaluates feature flags through the SDK of OpenFeature, with the provider of `flag-provider.ts`. */
export class FeatureFlagsService extends Service<FeatureFlagsSettings> implements FeatureFlags {
  #calls!: PlatformCalls;
  #client!: Client;
  #domain!: string;
  #timeoutMs!: number;

  protected override async onInitialize(context: ActivationContext, settings: FeatureFlagsSettings) {
    const { timeoutMs } = settings;
    this.#timeoutMs = timeoutMs;
    this.#domain = context.moduleId;
    this.#calls = new PlatformCalls<never>({ service: "feature-flags", timeoutMs, codeOf: () => "UNAVAILABLE" });
    return Result.attempt("UNAVAILABLE", async () => {
      const provider = await createFlagProvider(context, settings);
      await withTimeout(() => OpenFeature.setProviderAndWait(this.#domain, provider), { timeoutMs });
      this.#client = OpenFeature.getClient(this.#domain).setLogger(sdkLogger(context.logger));
    });
  }

  /** Another provider in its place lets the SDK close this one. */
  protected override async onDispose(): Promise<void> {
    await this.#calls.drain();
    await withTimeout(() => OpenFeature.setProviderAndWait(this.#domain, NOOP_PROVIDER), {
      timeoutMs: this.#timeoutMs,
    });
  }

  /** Evaluates a flag that is on or off. */
  async getBoolean(flag: string, fallback: boolean, context: FlagContext = {}, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("getBoolean", options, async () => {
      return Result.success(
        evaluationOf(await this.#client.getBooleanDetails(flag, fallback, plain(context)), fallback),
      );
    });
  }

  /** Evaluates a flag that is a text. */
  async getString(flag: string, fallback: string, context: FlagContext = {}, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("getString", options, async () => {
      return Result.success(
        evaluationOf(await this.#client.getStringDetails(flag, fallback, plain(context)), fallback),
      );
    });
  }

  /** Evaluates a flag that is a number. */
  async getNumber(flag: string, fallback: number, context: FlagContext = {}, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("getNumber", options, async () => {
      return Result.success(
        evaluationOf(await this.#client.getNumberDetails(flag, fallback, plain(context)), fallback),
      );
    });
  }

  /** Evaluates a flag that is an object. Its shape is not checked. */
  async getObject(flag: string, fallback: FlagObject, context: FlagContext = {}, options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.run("getObject", options, async () => {
      const details = await this.#client.getObjectDetails(flag, fallback as object as string[], plain(context));
      return Result.success(evaluationOf<FlagObject>(details, fallback));
    });
  }

  /** Is the provider ready? */
  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.health(options, async () => {
      const { providerStatus: status, metadata } = this.#client;
      if (status === "NOT_READY" || status === "ERROR" || status === "FATAL")
        throw new Error(`the provider is ${status}`);
      return { status, provider: metadata.providerMetadata.name };
    });
  }
}

/** What the SDK and the provider log is of use to who looks for a fault; that a flag has its fallback is in the answer. */
function sdkLogger(logger: Logger) {
  const debug = (...parts: unknown[]) => logger.debug(parts.map(String).join(" "));
  return { error: debug, warn: debug, info: debug, debug };
}

/** OpenFeature knows no attributes without a value. */
function plain(context: FlagContext): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(context).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}
