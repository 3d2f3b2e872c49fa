import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeTexts } from "../../../src/generators/changes/merge.js";

const labels = { ours: "yours", theirs: "template" };
const merge = (base: string, ours: string, theirs: string) => mergeTexts({ base, ours, theirs }, labels);

describe("changes of neighbouring lines", () => {
  it("both count", async () => {
    expect(await merge("a\nb\n", "A\nb\n", "a\nB\n")).toEqual({ text: "A\nB\n", conflicts: 0 });
  });

  it("both count where one removes a line and the other adds one behind it", async () => {
    const merged = await merge("a\nmine\nz\n", "a\nmine\nlater\nz\n", "a\nz\n");
    expect(merged).toEqual({ text: "a\nlater\nz\n", conflicts: 0 });
  });

  it("are a conflict where both add lines, because nobody knows the order", async () => {
    const merged = await merge("a\nz\n", "a\nx\nz\n", "a\ny\nz\n");
    expect(merged).toEqual({
      text: "a\n<<<<<<< yours\nx\n=======\ny\n>>>>>>> template\nz\n",
      conflicts: 1,
    });
  });

  it("are a conflict where a line that is replaced by two meets an added one", async () => {
    const merged = await merge("a\nz\n", "A\nAA\nz\n", "a\ny\nz\n");
    expect(merged.conflicts).toBe(1);
  });
});

it("leaves outside the markers what both sides have alike", async () => {
  const merged = await merge("a\n", "same\nmine\nend\n", "same\nyours\nend\n");
  expect(merged.text).toBe("same\n<<<<<<< yours\nmine\n=======\nyours\n>>>>>>> template\nend\n");
});

it("keeps the line end of each line of a file that mixes them", async () => {
  const merged = await merge("a\nb\nc\nd\n", "a\r\nb\nC\r\nd\r\n", "a\nB\nc\nd\n");
  expect(merged).toEqual({ text: "a\r\nB\r\nC\r\nd\r\n", conflicts: 0 });
});

it("takes a text of another system for the same text", async () => {
  const merged = await merge("a\nb\n", "a\r\nb\r\n", "a\nB\n");
  expect(merged).toEqual({ text: "a\r\nB\r\n", conflicts: 0 });
});

/** What becomes of one line. */
const change = fc.record({
  side: fc.constantFrom("none", "ours", "theirs"),
  kind: fc.constantFrom("change", "remove"),
});

it("merges to both, whatever lines either side has changed or removed, as long as they are different ones", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 30 }), fc.constantFrom("\n", "\r\n"), async (changes, end) => {
      const textFor = (sides: readonly string[], lineEnd: string) =>
        changes
          .flatMap(({ side, kind }, line) => {
            if (!sides.includes(side)) return [`line ${line}`];
            return kind === "remove" ? [] : [`line ${line}, by ${side}`];
          })
          .map((line) => line + lineEnd)
          .join("");
      const merged = await merge(textFor([], "\n"), textFor(["ours"], end), textFor(["theirs"], "\n"));
      const expected = textFor(["ours", "theirs"], end);
      expect(merged.conflicts).toBe(0);
      if (textFor(["ours"], end) !== "") expect(merged.text).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

it("merges added lines of both sides, wherever other lines are between them", async () => {
  const place = fc.constantFrom("none", "ours", "theirs");
  await fc.assert(
    fc.asyncProperty(fc.array(place, { maxLength: 30 }), async (places) => {
      const textFor = (sides: readonly string[]) =>
        places
          .map((side, line) => `line ${line}\n${sides.includes(side) ? `added by ${side} ${line}\n` : ""}`)
          .join("");
      const merged = await merge(textFor([]), textFor(["ours"]), textFor(["theirs"]));
      expect(merged).toEqual({ text: textFor(["ours", "theirs"]), conflicts: 0 });
    }),
    { numRuns: 300 },
  );
});
