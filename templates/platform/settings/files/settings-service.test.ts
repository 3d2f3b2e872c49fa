import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceId } from "@phasewise/runtime";
import { settingsConformance } from "@phasewise/runtime/conformance";
import type { Settings } from "@phasewise/runtime/platform";
import { testApplication } from "@phasewise/runtime/testing";
import { describe, it } from "vitest";
import settingsModule from "./module.js";

/** What a test writes is in a folder of its own. */
async function createFixture() {
  const folder = await mkdtemp(join(tmpdir(), "settings-"));
  const application = await testApplication({
    modules: [settingsModule],
    settings: { [settingsModule.id]: { folder } },
  });
  return {
    settings: application.getService(settingsModule.id as ServiceId) as Settings,
    async [Symbol.asyncDispose]() {
      await application.stop();
      await rm(folder, { recursive: true });
    },
  };
}

describe("SettingsService", () => {
  for (const { name, run } of settingsConformance(createFixture)) it(name, run);
});
