import { InMemoryProvider, OpenFeature } from "@openfeature/server-sdk";
import type { ServiceId } from "@phasewise/runtime";
import { featureFlagsConformance } from "@phasewise/runtime/conformance";
import type { FeatureFlags, FlagObject } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import featureFlagsModule from "./module.js";

/** Flags in memory, in place of the provider of the module. */
function providerOf(flags: Readonly<Record<string, FlagObject>>): InMemoryProvider {
  const entries = Object.entries(flags).map(([name, value]) => {
    return [name, { variants: { only: value }, defaultVariant: "only", disabled: false }] as const;
  });
  return new InMemoryProvider(Object.fromEntries(entries) as ConstructorParameters<typeof InMemoryProvider>[0]);
}

/** The service of the module, in an application that ends with the test. */
async function createFixture() {
  const application = await testApplication({ modules: [featureFlagsModule] });
  const stop = async () => void (await application.stop());
  onTestFinished(stop);
  return {
    flags: application.getService(featureFlagsModule.id as ServiceId) as FeatureFlags,
    setFlags: (values: Readonly<Record<string, FlagObject>>) =>
      OpenFeature.setProviderAndWait(featureFlagsModule.id, providerOf(values)),
    [Symbol.asyncDispose]: stop,
  };
}

describe("FeatureFlagsService", () => {
  for (const { name, run } of featureFlagsConformance(createFixture)) it(name, run);

  it("evaluates with the provider of the module, until that is stopped", async () => {
    await using fixture = await createFixture();
    const { value, variant } = expectSuccess(await fixture.flags.getBoolean("new-checkout", true));
    expect([value, variant]).toEqual([false, "off"]);
    await fixture[Symbol.asyncDispose]();
    expectFailure(await fixture.flags.getBoolean("new-checkout", true), "NOT_INITIALIZED");
  });
});
