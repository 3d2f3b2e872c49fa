/*
 * Semantic versions and the ranges that npm has for them: `1.2.3`, `^1.2`, `~1.2.3`, `>=1 <3`, `1.x`, `*`, `1 - 2`, and
 * several of these with `||` between them. A prerelease satisfies a range only if the range names one of the same version.
 */

type Operator = "<" | "<=" | ">" | ">=" | "=" | "^" | "~";

interface Version {
  /** Major, minor and patch. In a range the parts from the first `x` on are left out. */
  readonly parts: readonly number[];
  readonly prerelease: readonly string[];
}

interface Comparator {
  readonly operator: Operator;
  readonly version: Version;
}

const part = String.raw`(0|[1-9]\d{0,14}|[xX*])`;
const identifier = String.raw`(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)`;
const suffix = String.raw`(?:-(${identifier}(?:\.${identifier})*))?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?`;
const comparator = new RegExp(String.raw`^([<>]=?|[=^~])?${part}(?:\.${part}(?:\.${part}${suffix})?)?$`);

/** Is this a complete version, such as `1.2.3` or `1.2.3-beta.1`? */
export function isVersion(text: string): boolean {
  return /^\d/.test(text) && parseComparator(text)?.version.parts.length === 3;
}

/** Is this a range of versions, such as `^1.2`, `>=1 <3` or `1.x || 2.x`? */
export function isVersionRange(text: string): boolean {
  return parseRange(text) !== undefined;
}

/** Is this version in the range? If either is malformed, it is not. */
export function satisfies(version: string, range: string): boolean {
  const wanted = parseRange(range);
  if (!wanted || !isVersion(version)) return false;
  const candidate = parseComparator(version)!.version;
  return wanted.some((comparators) => admits(comparators, candidate));
}

/** The alternatives, each with the comparators that must all hold. */
function parseRange(text: string): Comparator[][] | undefined {
  const alternatives = text.split("||").map(parseAlternative);
  return alternatives.every((alternative) => alternative !== undefined) ? alternatives : undefined;
}

function parseAlternative(text: string): Comparator[] | undefined {
  const [, from, to] = /^\s*(\d\S*)\s+-\s+(\d\S*)\s*$/.exec(text) ?? [];
  const words = (from === undefined ? text : `>=${from} <=${to}`)
    .replace(/([<>=^~])\s+/g, "$1")
    .trim()
    .split(/\s+/);
  const comparators = words.map(parseComparator);
  return comparators.every((parsed) => parsed !== undefined) ? comparators.flatMap(toBounds) : undefined;
}

function parseComparator(text: string): Comparator | undefined {
  const match = comparator.exec(text);
  if (!match) return undefined;
  const [, operator = "=", major, minor, patch, prerelease] = match;
  const numbers = [major, minor, patch].map(Number);
  const parts = numbers.filter((number) => !Number.isNaN(number));
  const isOrdered = parts.every((number, index) => number === numbers[index]);
  if (!isOrdered) return undefined;
  return { operator: operator as Operator, version: { parts, prerelease: prerelease?.split(".") ?? [] } };
}

/** The same in terms of `<`, `<=`, `>`, `>=` and `=` with complete versions. */
function toBounds({ operator, version }: Comparator): Comparator[] {
  const { parts, prerelease } = version;
  const known = parts.length;
  if (known === 0) return operator === "<" || operator === ">" ? [below([0])] : [];

  const atLeast: Comparator = { operator: ">=", version: complete(parts, known === 3 ? prerelease : []) };
  const firstNonZero = parts.findIndex((number) => number > 0);
  if (operator === "^") return [atLeast, below(increment(parts, firstNonZero < 0 ? known - 1 : firstNonZero))];
  if (operator === "~") return [atLeast, below(increment(parts, Math.min(known - 1, 1)))];
  if (operator === ">=") return [atLeast];
  if (known === 3) return [{ operator, version }];

  const next = increment(parts, known - 1);
  if (operator === ">") return [{ operator: ">=", version: complete(next, []) }];
  if (operator === "<") return [below(parts)];
  return operator === "<=" ? [below(next)] : [atLeast, below(next)];
}

/** Below this version and all its prereleases. */
function below(parts: readonly number[]): Comparator {
  return { operator: "<", version: complete(parts, ["0"]) };
}

function complete(parts: readonly number[], prerelease: readonly string[]): Version {
  return { parts: [0, 1, 2].map((index) => parts[index] ?? 0), prerelease };
}

function increment(parts: readonly number[], index: number): number[] {
  return [...parts.slice(0, index), parts[index]! + 1];
}

function admits(comparators: readonly Comparator[], candidate: Version): boolean {
  if (!comparators.every((comparator) => holds(comparator, compare(candidate, comparator.version)))) return false;
  const isNamed = ({ version }: Comparator) =>
    version.prerelease.length > 0 && version.parts.every((number, index) => number === candidate.parts[index]);
  return candidate.prerelease.length === 0 || comparators.some(isNamed);
}

function holds({ operator }: Comparator, order: number): boolean {
  if (order === 0) return operator.endsWith("=");
  return operator.startsWith(order < 0 ? "<" : ">");
}

/** Below zero when `a` comes before `b`, above zero when it comes after. A version comes after its prereleases. */
function compare(a: Version, b: Version): number {
  const index = a.parts.findIndex((number, at) => number !== b.parts[at]);
  if (index >= 0) return a.parts[index]! - b.parts[index]!;
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  const differing = a.prerelease.findIndex((text, at) => text !== b.prerelease[at]);
  if (differing < 0) return a.prerelease.length - b.prerelease.length;
  return compareIdentifiers(a.prerelease[differing]!, b.prerelease[differing]);
}

/** Numbers come before words, and nothing comes before both. */
function compareIdentifiers(a: string, b: string | undefined): number {
  if (b === undefined) return 1;
  const isNumber = /^\d+$/;
  if (isNumber.test(a) && isNumber.test(b)) return Number(a) - Number(b);
  if (isNumber.test(a) !== isNumber.test(b)) return isNumber.test(a) ? -1 : 1;
  return a < b ? -1 : 1;
}
