import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceId } from "@phasewise/runtime";
import { featureFlagsConformance } from "@phasewise/runtime/conformance";
import type { FeatureFlags, FlagObject } from "@phasewise/runtime/platform";
import { expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import featureFlagsModule from "./module.js";

/** The service of the module, in an application and with a file that end with the test. */
async function createFixture() {
  const folder = await mkdtemp(join(tmpdir(), "flags-"));
  const file = join(folder, "flags.json");
  const settings = { [featureFlagsModule.id]: { file, everyMs: 5 } };
  const application = await testApplication({ modules: [featureFlagsModule], settings });
  const flags = application.getService(featureFlagsModule.id as ServiceId) as FeatureFlags;
  const stop = async () => void (await application.stop());
  onTestFinished(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });
  let written = 0;
  const write = async (content: Readonly<Record<string, unknown>>) => {
    const version = ++written;
    await writeFile(`${file}.new`, JSON.stringify({ ...content, "test.version": { value: version } }));
    await rename(`${file}.new`, file);
    await vi.waitFor(async () => {
      expect(expectSuccess(await flags.getNumber("test.version", 0)).value).toBe(version);
    }, 10_000);
  };
  const setFlags = (values: Readonly<Record<string, FlagObject>>) =>
    write(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])));
  return { flags, write, setFlags, [Symbol.asyncDispose]: stop };
}

describe("FeatureFlagsService", () => {
  for (const { name, run } of featureFlagsConformance(createFixture)) it(name, run);

  it("gives who a rule is for the value of the rule", async () => {
    const { flags, write } = await createFixture();
    await write({
      checkout: {
        value: "old",
        rules: [
          { when: { country: ["DE", "AT"], isTester: true }, value: "new" },
          { when: { country: "FR" }, percent: 50, value: "new" },
        ],
      },
    });
    const checkoutOf = async (context: object) => {
      const { value, reason } = expectSuccess(await flags.getString("checkout", "x", { ...context }));
      return [value, reason];
    };
    expect(await checkoutOf({ country: "DE", isTester: true })).toEqual(["new", "TARGETING_MATCH"]);
    expect(await checkoutOf({ country: "DE" })).toEqual(["old", "DEFAULT"]);
    expect(await checkoutOf({})).toEqual(["old", "DEFAULT"]);

    const users = Array.from({ length: 200 }, (_, index) => ({ country: "FR", targetingKey: `u-${index}` }));
    const first = await Promise.all(users.map(checkoutOf));
    const share = first.filter(([value]) => value === "new").length;
    expect(share).toBeGreaterThan(60);
    expect(share).toBeLessThan(140);
    expect(await Promise.all(users.map(checkoutOf))).toEqual(first);
  });
});
