import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeSettings } from "../../../src/runtime/settings/merge-settings.js";

const keys = fc.oneof(
  fc.constantFrom("a", "b", "c", "constructor", "prototype", "toString"),
  fc.string({ maxLength: 3 }),
);
const { settings } = fc.letrec((tie) => ({
  settings: fc.dictionary(keys, tie("value"), { maxKeys: 4 }),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.jsonValue({ maxDepth: 0 }),
    fc.array(fc.nat(), { maxLength: 2 }),
    tie("settings"),
  ),
}));

/** Merging, defined by where a value comes from: the later one, unless both are objects. */
function expectMerged(merged: unknown, earlier: unknown, later: unknown): void {
  if (!isObject(later)) return expect(merged).toEqual(later);
  const weaker = isObject(earlier) ? earlier : {};
  const wanted = new Set([...Object.keys(weaker), ...Object.keys(later)].filter((key) => key !== "__proto__"));
  expect(new Set(Object.keys(merged as object))).toEqual(wanted);
  for (const key of wanted) {
    const [result, own] = [Reflect.get(merged as object, key), Object.hasOwn(weaker, key) ? weaker[key] : undefined];
    if (Object.hasOwn(later, key)) expectMerged(result, own, later[key]);
    else expect(result).toEqual(own);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

describe("mergeSettings", () => {
  it("takes each value from the later source, and else from the earlier one", () => {
    fc.assert(
      fc.property(settings, settings, (earlier, later) => expectMerged(mergeSettings(earlier, later), earlier, later)),
    );
  });

  it("changes neither of them", () => {
    fc.assert(
      fc.property(settings, settings, (earlier, later) => {
        const [earlierBefore, laterBefore] = structuredClone([earlier, later]);
        const merged = mergeSettings(earlier, later) as Record<string, unknown>;
        merged["new"] = true;
        expect([earlier, later]).toEqual([earlierBefore, laterBefore]);
      }),
    );
  });
});
