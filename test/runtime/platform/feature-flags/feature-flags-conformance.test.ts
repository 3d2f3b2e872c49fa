import { InMemoryProvider, OpenFeature } from "@openfeature/server-sdk";
import { Result } from "@phasewise/runtime";
import { featureFlagsConformance, type FeatureFlagsFixture } from "@phasewise/runtime/conformance";
import type { FlagObject } from "@phasewise/runtime/platform";
import { type StubFeatureFlags, stubFeatureFlags } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { FeatureFlagsService } from "../../../../templates/platform/feature-flags/openfeature/feature-flags-service.js";
import { activeService } from "../active-service.js";

type Fixture = FeatureFlagsFixture & AsyncDisposable;

function stubFixture(change: (stub: StubFeatureFlags) => Partial<StubFeatureFlags> = () => ({})): Fixture {
  const stub = stubFeatureFlags();
  return {
    flags: { ...stub, ...change(stub) },
    setFlags: async (values) => Object.entries(values).forEach(([name, value]) => stub.put(name, value)),
    async [Symbol.asyncDispose]() {},
  };
}

async function openFeatureFixture(): Promise<Fixture> {
  const flags = await activeService(new FeatureFlagsService(), { timeoutMs: 5_000 });
  const setFlags = (values: Readonly<Record<string, FlagObject>>) => {
    const entries = Object.entries(values).map(([name, value]) => {
      return [name, { variants: { only: value }, defaultVariant: "only", disabled: false }] as const;
    });
    const configuration = Object.fromEntries(entries) as ConstructorParameters<typeof InMemoryProvider>[0];
    return OpenFeature.setProviderAndWait("core.tested", new InMemoryProvider(configuration));
  };
  return { flags, setFlags, [Symbol.asyncDispose]: () => flags[Symbol.asyncDispose]() };
}

describe.each<[string, () => Promise<Fixture>]>([
  ["the stub", async () => stubFixture()],
  ["a provider of OpenFeature", openFeatureFixture],
])("%s: feature flags", (_, create) => {
  for (const { name, run } of featureFlagsConformance(create)) it(name, run);
});

describe("the conformance of FeatureFlags", () => {
  const failuresOf = async (change: (stub: StubFeatureFlags) => Partial<StubFeatureFlags>) => {
    const cases = featureFlagsConformance(async () => stubFixture(change));
    const outcomes = await Promise.allSettled(cases.map(({ run }) => run()));
    return cases.filter((_, index) => outcomes[index]?.status === "rejected").map(({ name }) => name);
  };

  it("finds nothing in the stub", async () => {
    expect(await failuresOf(() => ({}))).toEqual([]);
  });

  it("finds an adapter that gives the fallback for what is falsy, and hides why", async () => {
    const failures = await failuresOf((stub) => ({
      getBoolean: async (flag, fallback, context, options) => {
        const found = await stub.getBoolean(flag, fallback, context, options);
        return Result.map(found, (evaluation) => ({ ...evaluation, value: evaluation.value || fallback }));
      },
      getNumber: async (flag, fallback, context, options) => {
        const found = await stub.getNumber(flag, fallback, context, options);
        return Result.map(found, (evaluation) => ({ ...evaluation, fallback: undefined, reason: "DEFAULT" }));
      },
    }));
    expect(failures).toEqual([
      "gives the value of a flag, of each type, and why",
      "gives the fallback for a flag that is not there, and says so",
      "gives the fallback for a flag of another type, and says so",
    ]);
  });

  it("finds an adapter that keeps what it has evaluated, and cannot be given up", async () => {
    const known = new Map<string, ReturnType<StubFeatureFlags["getString"]>>();
    const failures = await failuresOf((stub) => ({
      getString(flag, fallback, context) {
        const found = known.get(flag) ?? stub.getString(flag, fallback, context);
        known.set(flag, found);
        return found;
      },
      getBoolean: (flag, fallback, context) => stub.getBoolean(flag, fallback, context),
    }));
    expect(failures).toEqual([
      "gives another value once the flag has another one",
      "is given up at once when the signal has aborted",
    ]);
  });
});
