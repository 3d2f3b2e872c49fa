import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isVersion, isVersionRange, satisfies } from "../../../src/runtime/modules/version-range.js";

/** npm's own answers. */
const npm: {
  valid(version: string): string | null;
  validRange(range: string): string | null;
  satisfies(version: string, range: string): boolean;
} = createRequire(import.meta.url)("semver");

describe("a version", () => {
  it.each(["0.0.0", "1.2.3", "10.20.30", "1.2.3-beta", "1.2.3-beta.1", "1.2.3-0.a-b.1c", "1.2.3+build.7", "1.2.3-a+b"])(
    "may be %s",
    (text) => {
      expect(isVersion(text)).toBe(true);
      expect(npm.valid(text)).not.toBe(null);
    },
  );

  it.each([
    "",
    "1",
    "1.2",
    "1.2.x",
    "01.2.3",
    "1.2.3.4",
    "1.2.3-",
    "1.2.3-01",
    "1.2.3-a..b",
    "1.2.3+",
    "one",
    "-1.2.3",
  ])('is not "%s"', (text) => {
    expect(isVersion(text)).toBe(false);
    expect(npm.valid(text)).toBe(null);
  });

  it.each(["v1.2.3", "=1.2.3", "^1.2.3", " 1.2.3", "1.2.3\n"])('has nothing around it, as "%s" has', (text) => {
    expect(isVersion(text)).toBe(false);
  });
});

describe("a range", () => {
  it.each([
    "1.2.3",
    "^2",
    "~1.2",
    ">=1 <3",
    ">= 1.2.3",
    "1.x",
    "*",
    "X",
    "1 - 2.5",
    "^1 || ^2",
    " ^1 ",
    "^1.2.3-beta.1",
  ])('may be "%s"', (text) => {
    expect(isVersionRange(text)).toBe(true);
    expect(npm.validRange(text)).not.toBe(null);
  });

  it.each(["one", "^", "1.2.3.4", "^^1", ">>1", "1 -2 -", "1,2", "^1 | ^2", "1.2.3-", "01", "x.1", "1.x.3", "latest"])(
    'is not "%s"',
    (text) => {
      expect(isVersionRange(text)).toBe(false);
      expect(npm.validRange(text)).toBe(null);
    },
  );

  it.each(["", " ", "^1 ||"])('is not empty, as "%s" is', (text) => expect(isVersionRange(text)).toBe(false));
});

describe("satisfies", () => {
  it.each([
    ["1.2.3", "1.2.3", "1.2.4"],
    ["^1.2.3", "1.9.0", "2.0.0"],
    ["^0.2.3", "0.2.9", "0.3.0"],
    ["^0.0.3", "0.0.3", "0.0.4"],
    ["^2", "2.5.0", "3.0.0-alpha"],
    ["~1.2.3", "1.2.9", "1.3.0"],
    [">=1.2.3 <2", "1.9.9", "2.0.0"],
    [">1.2", "1.3.0", "1.2.9"],
    ["<=1.2", "1.2.9", "1.3.0"],
    ["1.x", "1.9.0", "2.0.0"],
    ["1.2 - 2", "2.9.9", "3.0.0"],
    ["^1 || ^3", "3.1.0", "2.0.0"],
    ["*", "0.0.0", "1.0.0-beta"],
    ["^1.2.3-beta.2", "1.2.3-beta.10", "1.2.4-beta.10"],
    ["^1 <=2.0.0-beta", "1.9.0", "2.0.0-alpha"],
  ])("%s with %s, and not with %s", (range, inside, outside) => {
    expect(satisfies(inside, range)).toBe(true);
    expect(satisfies(outside, range)).toBe(false);
  });

  it("is false when one of the two is malformed", () => {
    expect(satisfies("1.2", "*")).toBe(false);
    expect(satisfies("1.2.0", "latest")).toBe(false);
    expect(satisfies("1.2.0", "*")).toBe(true);
  });
});

const number = fc.constantFrom("0", "1", "2", "10");
const prerelease = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  fc
    .array(fc.constantFrom("0", "1", "10", "2a", "alpha", "beta", "-"), { minLength: 1, maxLength: 3 })
    .map((identifiers) => `-${identifiers.join(".")}`),
);
const build = fc.constantFrom("", "", "", "+7.a");
const complete = fc.tuple(number, number, number, prerelease, build).map(([a, b, c, d, e]) => `${a}.${b}.${c}${d}${e}`);
const partial = fc.oneof(
  complete,
  fc
    .tuple(
      fc.array(number, { maxLength: 3 }),
      fc.array(fc.constantFrom("x", "X", "*"), { maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([numbers, wildcards, length]) => [...numbers, ...wildcards, "x"].slice(0, length).join(".")),
);
const comparator = fc
  .tuple(fc.constantFrom("", "=", "^", "~", ">", ">=", "<", "<="), fc.constantFrom("", " "), partial)
  .map((words) => words.join(""));
const alternative = fc.oneof(
  { weight: 3, arbitrary: fc.array(comparator, { minLength: 1, maxLength: 3 }).map((all) => all.join(" ")) },
  fc
    .tuple(partial, partial)
    .filter((ends) => ends.every((end) => /^\d/.test(end)))
    .map((ends) => ends.join(" - ")),
);
const range = fc.array(alternative, { minLength: 1, maxLength: 3 }).map((all) => all.join(" || "));

/** npm forgets the prereleases that stand beside `*`, and that `>=0.0.0` keeps those of 0.0.0 out. */
function isSimplifiedByNpm(version: string, range: string): boolean {
  return (npm.validRange(range) === "*" && range.includes("||")) || version.startsWith("0.0.0-");
}

describe("compared with npm", () => {
  it("the same versions satisfy the same ranges", () => {
    fc.assert(
      fc.property(complete, range, (version, range) => {
        fc.pre(!isSimplifiedByNpm(version, range));
        expect(isVersion(version)).toBe(npm.valid(version) !== null);
        expect(isVersionRange(range)).toBe(npm.validRange(range) !== null);
        expect(satisfies(version, range)).toBe(npm.satisfies(version, range));
      }),
      { numRuns: 3000 },
    );
  });

  it("whatever is a version or a range here is one there", () => {
    const text = fc.string({ unit: fc.constantFrom(..."012x*.-+ab<>=^~| "), maxLength: 12 });
    fc.assert(
      fc.property(text, (text) => {
        if (isVersion(text)) expect(npm.valid(text)).not.toBe(null);
        if (isVersionRange(text)) expect(npm.validRange(text)).not.toBe(null);
      }),
      { numRuns: 3000 },
    );
  });
});
