import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { FeatureFlagsService } from "../../../../templates/platform/feature-flags/file/feature-flags-service.js";
import { featureFlagsSettings } from "../../../../templates/platform/feature-flags/file/feature-flags-settings.js";
import { activeService } from "../active-service.js";

async function flagsOf(content?: string) {
  const folder = await mkdtemp(join(tmpdir(), "flags-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "flags.json");
  const clock = fakeClock();
  if (content !== undefined) await writeFile(file, content);
  const settings = featureFlagsSettings.parse({ file });
  const flags = await clock.run(() => activeService(new FeatureFlagsService(), settings));
  onTestFinished(() => flags[Symbol.asyncDispose]());
  const valueOf = async (name: string) => expectSuccess(await flags.getString(name, "fallback")).value;
  return { file, flags, clock, valueOf };
}

describe("flags of a file", () => {
  it("are none without a file, and are there when it comes", async () => {
    const { file, clock, valueOf } = await flagsOf();
    expect(await valueOf("checkout")).toBe("fallback");
    await writeFile(file, `{ "checkout": { "value": "new" } }`);
    await vi.waitFor(async () => {
      await clock.advance(2_000);
      expect(await valueOf("checkout")).toBe("new");
    }, 10_000);
  });

  it.each([
    ["is no JSON", "{"],
    ["is no record of flags", "[]"],
    ["has a flag without a value", `{ "checkout": {} }`],
    ["has a rule with a word that is none", `{ "checkout": { "value": 1, "rules": [{ "if": {}, "value": 2 }] } }`],
    ["has a percentage above 100", `{ "checkout": { "value": 1, "rules": [{ "percent": 101, "value": 2 }] } }`],
  ])("fail the boot when the file %s, and name it", async (_, content) => {
    await expect(flagsOf(content)).rejects.toThrow(/flags\.json (?:is no JSON|has other flags than it should)/);
  });

  it("stay what they were when the file changes for the worse, and change with its repair", async () => {
    const { file, clock, valueOf } = await flagsOf(`{ "checkout": { "value": "old" } }`);
    await writeFile(file, "{ broken");
    for (let look = 0; look < 3; look++) {
      await clock.advance(2_000);
      expect(await valueOf("checkout")).toBe("old");
    }
    await writeFile(file, `{ "checkout": { "value": "new" } }`);
    await vi.waitFor(async () => {
      await clock.advance(2_000);
      expect(await valueOf("checkout")).toBe("new");
    }, 10_000);
  });

  it("give what the file says, or the fallback, whatever name and context are", async () => {
    const rules = [{ when: { country: "DE" }, percent: 50, value: "new" }];
    const { flags } = await flagsOf(JSON.stringify({ checkout: { value: "old", rules } }));
    const word = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "constructor", "toString", ""));
    const context = fc.dictionary(fc.oneof(word, fc.constant("country")), fc.oneof(word, fc.constant("DE")));
    await fc.assert(
      fc.asyncProperty(word, context, async (name, attributes) => {
        const absent = expectSuccess(await flags.getString(name, "fallback", attributes));
        expect([absent.value, absent.fallback]).toEqual(["fallback", "NOT_FOUND"]);
        const found = expectSuccess(await flags.getString("checkout", "fallback", attributes));
        expect(["old", "new"]).toContain(found.value);
        if (attributes["country"] !== "DE") expect(found.value).toBe("old");
      }),
    );
  });

  it("split by the targeting key, each flag anew, and give nobody without one a part", async () => {
    const flag = { value: "old", rules: [{ percent: 30, value: "new" }] };
    const { flags } = await flagsOf(JSON.stringify({ first: flag, second: flag }));
    const valuesOf = (name: string) =>
      Promise.all(
        Array.from({ length: 500 }, async (_, index) => {
          return expectSuccess(await flags.getString(name, "", { targetingKey: `u-${index}` })).value;
        }),
      );
    const [first, second] = [await valuesOf("first"), await valuesOf("second")];
    expect(first.filter((value) => value === "new").length / 500).toBeCloseTo(0.3, 1);
    expect(second).not.toEqual(first);
    expect(expectSuccess(await flags.getString("first", "")).value).toBe("old");
  });
});
