import { expectFailure, expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { SecretsService } from "../../../../templates/platform/secrets/vault/secrets-service.js";
import { secretsSettings } from "../../../../templates/platform/secrets/vault/secrets-settings.js";
import { until } from "../../http/test-server.js";
import { FaultProxy } from "../fault-proxy.js";
import { activeService } from "../active-service.js";
import { startVault, type VaultServer } from "./vault-server.js";

const role = { roleId: "r-1", secretId: "s-1" };
const connect = ({ url }: VaultServer, settings: object = role) =>
  activeService(new SecretsService(), secretsSettings.parse({ url, ...settings }));

describe("secrets of Vault", () => {
  it("are read with a token, below the mount and the folder, from the field, in the namespace", async () => {
    await using vault = await startVault();
    vault.values.set("shop/live/billing/key", "k-1");
    await using secrets = await connect(vault, { token: "root", folder: "shop/live", namespace: "team/" });
    expect(expectSuccess(await secrets.getSecret("billing.key")).reveal()).toBe("k-1");
    const { url, headers } = vault.received.at(-1)!;
    expect(url).toBe("/v1/secret/data/shop/live/billing/key");
    expect(headers).toMatchObject({ "x-vault-token": "root", "x-vault-namespace": "team/" });
  });

  it("have another code for no right to read than for no secret", async () => {
    await using vault = await startVault();
    await using secrets = await connect(vault);
    expectFailure(await secrets.getSecret("forbidden"), "FORBIDDEN");
    expectFailure(await secrets.getSecret("absent"), "NOT_FOUND");
    expect(vault.logins).toBe(1);
  });

  it("fail the boot when the login is refused, and say so without the secret of the role", async () => {
    await using vault = await startVault();
    await expect(connect(vault, { roleId: "r-1", secretId: "hidden-text" })).rejects.toSatisfy((error) => {
      return /auth\/approle\/login answered 400/.test(String(error)) && !String(error).includes("hidden-text");
    });
  });

  it("are read after a new login when the token has ended early, which many calls share", async () => {
    await using vault = await startVault();
    vault.values.set("key", "k-1");
    await using secrets = await connect(vault);
    vault.tokens.clear();
    const read = await Promise.all([1, 2, 3].map(() => secrets.getSecret("key")));
    expect(read.map((secret) => expectSuccess(secret).reveal())).toEqual(["k-1", "k-1", "k-1"]);
    expect(vault.logins).toBe(2);
  });

  it("cannot be read any more with a token of the settings that has ended", async () => {
    await using vault = await startVault();
    await using secrets = await connect(vault, { token: "root" });
    vault.tokens.clear();
    expectFailure(await secrets.getSecret("key"), "FORBIDDEN");
  });

  it("keep their token alive: it is renewed when a third of its time is left, and got anew when it cannot be", async () => {
    await using vault = await startVault();
    const clock = fakeClock();
    await using secrets = await clock.run(() => connect(vault));
    const renewal = async () => {
      await until(() => clock.pending > 0);
      await clock.advance(40_000);
    };
    await renewal();
    await until(() => vault.renewals === 1);
    vault.tokens.clear();
    await renewal();
    await until(() => vault.logins === 2);
    expectSuccess(await secrets.health());
  });

  it("are UNAVAILABLE while Vault is sealed, and can be read again afterwards", async () => {
    await using vault = await startVault();
    vault.values.set("key", "k-1");
    await using secrets = await connect(vault);
    vault.isSealed = true;
    expectFailure(await secrets.getSecret("key"), "UNAVAILABLE");
    expectFailure(await secrets.health(), "UNAVAILABLE");
    vault.isSealed = false;
    expect(expectSuccess(await secrets.getSecret("key")).reveal()).toBe("k-1");
    expectSuccess(await secrets.health());
  });

  it("survive that Vault is gone, and that it does not answer, without a restart", async () => {
    await using vault = await startVault();
    vault.values.set("key", "k-1");
    await using proxy = await FaultProxy.open(vault.url);
    await using secrets = await connect({ ...vault, url: proxy.through(vault.url) });
    const seen: string[] = [];
    const watch = new AbortController();
    const watching = secrets.watch("key", (secret) => seen.push(secret.reveal()), {
      signal: watch.signal,
      everyMs: 1,
      onFailure: ({ code }) => seen.includes(code) || seen.push(code),
    });
    await until(() => seen.length === 1);
    proxy.cut();
    expectFailure(await secrets.getSecret("key"), "UNAVAILABLE");
    await until(() => seen.length === 2);
    proxy.restore();
    expect(expectSuccess(await secrets.getSecret("key")).reveal()).toBe("k-1");
    proxy.drop();
    expectFailure(await secrets.getSecret("key", { timeoutMs: 50 }), "TIMED_OUT");
    proxy.restore();
    vault.values.set("key", "k-2");
    await until(() => seen.includes("k-2"));
    watch.abort();
    expectSuccess(await watching);
    expect(seen).toEqual(["k-1", "UNAVAILABLE", "k-2"]);
  });
});
