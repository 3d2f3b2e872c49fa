import type { Secrets } from "../../platform/secrets/secrets.js";
import { parseSecretName } from "../../platform/secrets/secret-name.js";
import { readSecrets } from "../../platform/secrets/read-secrets.js";
import { Secret } from "../../platform/secrets/secret.js";
import { watchSecret } from "../../platform/secrets/watch-secret.js";
import { Result } from "../../results/result.js";
import { StubCalls, type StubOptions } from "./stub-calls.js";

/** What `stubSecrets` takes. */
export interface StubSecretsOptions extends StubOptions {
  /** The secrets that there are from the beginning, by name. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** `Secrets` in memory, that a test changes. */
export interface StubSecrets extends Secrets {
  /** Adds or changes a secret. */
  put(name: string, text: string): void;
  /** Takes a secret away. */
  remove(name: string): void;
}

/**
 * Makes `Secrets` for a test, with latency on the clock of the application, and failures.
 *
 * @example
 * ```ts
 * import { stubSecrets } from "@phasewise/runtime/testing";
 *
 * const secrets = stubSecrets({ secrets: { "billing.stripe-key": "k-1" }, latencyMs: 20 });
 * const key = await secrets.getSecret("billing.stripe-key");
 * console.log(key.success && key.data.reveal());
 * ```
 */
export function stubSecrets({ secrets = {}, ...options }: StubSecretsOptions = {}): StubSecrets {
  const calls = new StubCalls("secrets", options);
  const texts = new Map(Object.entries(secrets));

  const read = async (name: string): Promise<Result<Secret, "NOT_FOUND" | "INVALID_NAME">> => {
    const parsed = parseSecretName(name);
    if (!parsed.success) return parsed;
    const text = texts.get(name);
    return text ? Result.success(new Secret(text)) : Result.error("NOT_FOUND", `there is no secret ${name}`);
  };
  const stub: StubSecrets = {
    put: (name, text) => void texts.set(name, text),
    remove: (name) => void texts.delete(name),
    getSecret: (name, call) => calls.run("getSecret", call, () => read(name)),
    getSecrets: (names, call) => calls.run("getSecrets", call, () => readSecrets(names, read)),
    watch: (name, handler, watch) => watchSecret((call) => stub.getSecret(name, call), handler, watch),
    health: (call) => calls.run("health", call, async () => Result.success({ latencyMs: 0, details: {} })),
  };
  return stub;
}
