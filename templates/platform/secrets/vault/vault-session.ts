import { type Logger, Result, sleep } from "@phasewise/runtime";
import type { HttpClient } from "@phasewise/runtime/http";
import { z } from "zod";
import type { SecretsSettings } from "./secrets-settings.js";
import { type VaultFailureCode, vaultFailure } from "./vault-failure.js";

const grant = z.object({
  auth: z.object({ client_token: z.string(), lease_duration: z.number(), renewable: z.boolean() }),
});
const lookup = z.object({ data: z.object({ ttl: z.number(), renewable: z.boolean().default(false) }) });

type Outcome = Promise<Result<undefined, VaultFailureCode>>;

/** The token that requests carry: got by a login or from the settings, renewed before it ends, replaced when it has. */
export class VaultSession {
  readonly #http: HttpClient;
  readonly #settings: SecretsSettings;
  #token: string | undefined;
  #leaseMs = 0;
  #isRenewable = false;
  #opening: Outcome | undefined;

  constructor(http: HttpClient, settings: SecretsSettings) {
    this.#http = http;
    this.#settings = settings;
    this.#token = settings.token;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#token === undefined ? {} : { "x-vault-token": this.#token };
  }

  /** Logs in, or asks how long the given token lives. Calls at the same time share one login. */
  open(): Outcome {
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  /**
   * Answers whether there is another token than the one that was refused with these headers. Vault answers the same to a
   * token that has ended and to a lack of rights: only a role whose token has ended logs in again.
   */
  async replace(refused: Readonly<Record<string, string>>): Promise<boolean> {
    const isReplaced = () => this.headers["x-vault-token"] !== refused["x-vault-token"];
    if (this.#settings.roleId === undefined || isReplaced()) return isReplaced();
    const found = await this.#http.get("auth/token/lookup-self", { headers: refused });
    if (isReplaced()) return true;
    const hasEnded = !found.success && vaultFailure(found.error).error.code === "FORBIDDEN";
    return hasEnded && (await this.open()).success;
  }

  /** Keeps the token alive until the signal aborts: renews it when a third of its time is left, or logs in again. */
  async keep(logger: Logger, signal: AbortSignal): Promise<void> {
    let waitMs = (this.#leaseMs * 2) / 3;
    while (this.#leaseMs > 0) {
      await sleep(Math.min(Math.max(waitMs, 1_000), 2 ** 31 - 1), { signal });
      const renewed = this.#isRenewable ? await this.#renew() : await this.open();
      if (!renewed.success) logger.warn("the token of Vault was not renewed", { reason: renewed.error.message });
      waitMs = renewed.success ? (this.#leaseMs * 2) / 3 : this.#leaseMs / 20;
    }
  }

  async #open(): Outcome {
    const { roleId, secretId, roleMount } = this.#settings;
    if (roleId === undefined) return this.#lookUp();
    const json = { role_id: roleId, secret_id: secretId };
    const answer = await this.#http.post(`auth/${roleMount}/login`, { json, schema: grant });
    return answer.success ? this.#take(answer.data.body) : vaultFailure(answer.error);
  }

  async #lookUp(): Outcome {
    if (this.#token === undefined) return Result.success(undefined);
    const answer = await this.#http.get("auth/token/lookup-self", { headers: this.headers, schema: lookup });
    if (!answer.success) return vaultFailure(answer.error);
    const { ttl, renewable } = answer.data.body.data;
    this.#isRenewable = renewable;
    this.#leaseMs = renewable ? ttl * 1_000 : 0;
    return Result.success(undefined);
  }

  /** A role whose token is not renewed, because it has reached its greatest age for example, logs in again. */
  async #renew(): Outcome {
    const answer = await this.#http.post("auth/token/renew-self", { headers: this.headers, json: {}, schema: grant });
    if (answer.success) return this.#take(answer.data.body);
    return this.#settings.roleId === undefined ? vaultFailure(answer.error) : this.open();
  }

  async #take({ auth }: z.infer<typeof grant>): Outcome {
    this.#token = auth.client_token;
    this.#leaseMs = auth.lease_duration * 1_000;
    this.#isRenewable = auth.renewable;
    return Result.success(undefined);
  }
}
