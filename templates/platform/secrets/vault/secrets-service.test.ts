import { randomUUID } from "node:crypto";
import { Result, type ServiceId } from "@phasewise/runtime";
import { secretsConformance } from "@phasewise/runtime/conformance";
import { HttpClient } from "@phasewise/runtime/http";
import type { Secrets } from "@phasewise/runtime/platform";
import { testApplication } from "@phasewise/runtime/testing";
import { describe, it } from "vitest";
import secretsModule from "./module.js";

const url = process.env["PHASEWISE_VAULT_URL"];
const token = process.env["PHASEWISE_VAULT_TOKEN"] ?? "root";
const isSkipped = url === undefined && process.env["PHASEWISE_REQUIRE_SERVICES"] !== "1";
const reason = isSkipped ? " (skipped: PHASEWISE_VAULT_URL names no Vault to test against)" : "";

/** What a test puts into Vault lies in a folder of its own. */
async function createFixture() {
  const folder = `test-${randomUUID()}`;
  const written = new Set<string>();
  const settings = { [secretsModule.id]: { url, token, folder } };
  const app = await testApplication({ modules: [secretsModule], settings });
  const http = new HttpClient({ baseUrl: `${url}/v1/secret/`, headers: { "x-vault-token": token } });
  const pathOf = (name: string) => `${folder}/${name.replaceAll(".", "/")}`;
  const remove = async (name: string) => {
    Result.unwrap(await http.delete(`metadata/${pathOf(name)}`, { as: "bytes" }));
  };
  return {
    secrets: app.getService(secretsModule.id as ServiceId) as Secrets,
    async put(name: string, text: string) {
      written.add(name);
      Result.unwrap(await http.put(`data/${pathOf(name)}`, { json: { data: { value: text } } }));
    },
    remove,
    async [Symbol.asyncDispose]() {
      await Promise.all([...written].map(remove));
      await http.close();
      await app.stop();
    },
  };
}

describe.skipIf(isSkipped)(`SecretsService${reason}`, () => {
  for (const { name, run } of secretsConformance(createFixture)) it(name, run);
});
