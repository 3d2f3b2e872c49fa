import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Result } from "@phasewise/runtime";
import { secretsConformance, type SecretsFixture } from "@phasewise/runtime/conformance";
import { Secret } from "@phasewise/runtime/platform";
import { type StubSecrets, stubSecrets } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { SecretsService as MountedSecrets } from "../../../../templates/platform/secrets/environment/secrets-service.js";
import { secretsSettings as mountedSettings } from "../../../../templates/platform/secrets/environment/secrets-settings.js";
import { SecretsService as VaultSecrets } from "../../../../templates/platform/secrets/vault/secrets-service.js";
import { secretsSettings as vaultSettings } from "../../../../templates/platform/secrets/vault/secrets-settings.js";
import { activeService } from "../active-service.js";
import { startVault } from "./vault-server.js";

type Fixture = SecretsFixture & AsyncDisposable;

async function stubFixture(change: (stub: StubSecrets) => Partial<StubSecrets> = () => ({})): Promise<Fixture> {
  const secrets = stubSecrets();
  return {
    secrets: { ...secrets, ...change(secrets) },
    put: async (name, text) => secrets.put(name, text),
    remove: async (name) => secrets.remove(name),
    async [Symbol.asyncDispose]() {},
  };
}

async function mountedFixture(): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), "secrets-"));
  const secrets = await activeService(new MountedSecrets(), mountedSettings.parse({ folder }));
  return {
    secrets,
    put: (name, text) => writeFile(join(folder, name), `${text}\n`),
    remove: (name) => rm(join(folder, name)),
    async [Symbol.asyncDispose]() {
      await secrets[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function vaultFixture(): Promise<Fixture> {
  const vault = await startVault();
  const secrets = await activeService(new VaultSecrets(), vaultSettings.parse({ url: vault.url, token: "root" }));
  const pathOf = (name: string) => name.replaceAll(".", "/");
  return {
    secrets,
    put: async (name, text) => void vault.values.set(pathOf(name), text),
    remove: async (name) => void vault.values.delete(pathOf(name)),
    async [Symbol.asyncDispose]() {
      await secrets[Symbol.asyncDispose]();
      await vault[Symbol.asyncDispose]();
    },
  };
}

describe.each<[string, () => Promise<Fixture>]>([
  ["the stub", () => stubFixture()],
  ["mounted files", mountedFixture],
  ["Vault", vaultFixture],
])("%s conform: what is read", (_, create) => {
  for (const { name, run } of secretsConformance(create)) it(name, run);
});

describe("the conformance of Secrets", () => {
  const failuresOf = async (change: (stub: StubSecrets) => Partial<StubSecrets>) => {
    const cases = secretsConformance(() => stubFixture(change));
    const outcomes = await Promise.allSettled(cases.map(({ run }) => run()));
    return cases.filter((_, index) => outcomes[index]?.status === "rejected").map(({ name }) => name);
  };

  it("finds an adapter that answers from what it read before", async () => {
    const failures = await failuresOf((stub) => {
      const known = new Map<string, ReturnType<StubSecrets["getSecret"]>>();
      return {
        getSecret(name, options) {
          const read = known.get(name) ?? stub.getSecret(name, options);
          known.set(name, read);
          return read;
        },
      };
    });
    expect(failures).toContain("reads a secret anew each time");
  });

  it("finds an adapter that shows texts, takes any name, and knows the empty secret", async () => {
    const failures = await failuresOf((stub) => ({
      async getSecret(name) {
        const read = await stub.getSecret(name);
        const text = read.success ? read.data.reveal() : "";
        return Result.success({ reveal: () => text, text } as unknown as Secret);
      },
    }));
    expect(failures).toEqual([
      "shows no text of a secret in JSON, in a template and inspected",
      "answers NOT_FOUND for a secret that is not there, and for one that is empty",
      "answers INVALID_NAME for what is no name",
      "reads a secret anew each time",
      "is given up at once when the signal has aborted",
    ]);
  });

  it("finds an adapter that gives some of several, and a watch that calls its handler once", async () => {
    const failures = await failuresOf((stub) => ({
      async getSecrets<Name extends string>(names: readonly Name[]) {
        const read = await Promise.all(names.map(async (name) => [name, await stub.getSecret(name)] as const));
        const found = read.flatMap(([name, secret]) => (secret.success ? [[name, secret.data] as const] : []));
        return Result.success(Object.fromEntries(found) as Record<Name, Secret>);
      },
      async watch(name, handler) {
        const read = await stub.getSecret(name);
        if (read.success) await handler(read.data);
        return Result.success(undefined);
      },
    }));
    expect(failures).toEqual([
      "gives none of several when one is missing",
      "is given up at once when the signal has aborted",
      "gives a watcher the present secret, and each changed one",
      "goes on watching a secret that is away for a while, and says so",
      "does not watch what is not there, and ends with a handler that fails",
    ]);
  });
});
