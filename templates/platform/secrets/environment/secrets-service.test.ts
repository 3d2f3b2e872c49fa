import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceId } from "@phasewise/runtime";
import { secretsConformance } from "@phasewise/runtime/conformance";
import type { Secrets } from "@phasewise/runtime/platform";
import { expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import secretsModule from "./module.js";

async function createFixture() {
  const folder = await mkdtemp(join(tmpdir(), "secrets-"));
  const app = await testApplication({ modules: [secretsModule], settings: { [secretsModule.id]: { folder } } });
  return {
    secrets: app.getService(secretsModule.id as ServiceId) as Secrets,
    put: (name: string, text: string) => writeFile(join(folder, name), `${text}\n`),
    remove: (name: string) => rm(join(folder, name)),
    async [Symbol.asyncDispose]() {
      await app.stop();
      await rm(folder, { recursive: true });
    },
  };
}

describe("SecretsService", () => {
  for (const { name, run } of secretsConformance(createFixture)) it(name, run);

  it("reads an environment variable where there is no file", async () => {
    await using fixture = await createFixture();
    process.env["SECRET_BILLING__STRIPE_KEY"] = "k-1";
    const secret = expectSuccess(await fixture.secrets.getSecret("billing.stripe-key"));
    expect(secret.reveal()).toBe("k-1");
    delete process.env["SECRET_BILLING__STRIPE_KEY"];
  });
});
