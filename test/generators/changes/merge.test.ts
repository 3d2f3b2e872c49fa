import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeTexts } from "../../../src/generators/changes/merge.js";

const labels = { ours: "yours", theirs: "template" };

describe("merging without a base", () => {
  it("keeps what both have, and marks what differs", async () => {
    expect(await mergeTexts({ ours: "a\nb\nc\n", theirs: "a\nx\nc\n" }, labels)).toEqual({
      text: "a\n<<<<<<< yours\nb\n=======\nx\n>>>>>>> template\nc\n",
      conflicts: 1,
    });
  });

  it("is the text itself where both are the same", async () => {
    expect(await mergeTexts({ ours: "a\nb", theirs: "a\nb" }, labels)).toEqual({ text: "a\nb", conflicts: 0 });
  });

  it("marks the whole of texts that have nothing in common, an empty one too", async () => {
    expect(await mergeTexts({ ours: "", theirs: "x\n" }, labels)).toEqual({
      text: "<<<<<<< yours\n=======\nx\n>>>>>>> template\n",
      conflicts: 1,
    });
  });

  it("is not confused by lines that are names of an object's properties", async () => {
    const { text } = await mergeTexts({ ours: "constructor\n__proto__\n", theirs: "constructor\n__proto__\n" }, labels);
    expect(text).toBe("constructor\n__proto__\n");
  });
});

describe("merging with a base", () => {
  const base = "one\ntwo\nthree\nfour\nfive\n";

  it("takes what either side alone has changed", async () => {
    const ours = base.replace("one", "ONE");
    const theirs = base.replace("five", "FIVE");
    expect(await mergeTexts({ base, ours, theirs }, labels)).toEqual({
      text: "ONE\ntwo\nthree\nfour\nFIVE\n",
      conflicts: 0,
    });
  });

  it("takes the same change of both once", async () => {
    const both = base.replace("three", "3");
    expect(await mergeTexts({ base, ours: both, theirs: both }, labels)).toEqual({ text: both, conflicts: 0 });
  });

  it("marks lines that both have changed differently", async () => {
    const merged = await mergeTexts(
      { base, ours: base.replace("three", "3"), theirs: base.replace("three", "III") },
      labels,
    );
    expect(merged).toEqual({
      text: "one\ntwo\n<<<<<<< yours\n3\n=======\nIII\n>>>>>>> template\nfour\nfive\n",
      conflicts: 1,
    });
  });

  it("keeps the line ends and the byte order mark of the file", async () => {
    const ours = `\uFEFF${base.replace("one", "ONE").replaceAll("\n", "\r\n")}`;
    expect(await mergeTexts({ base, ours, theirs: base.replace("five", "FIVE") }, labels)).toEqual({
      text: "\uFEFFONE\r\ntwo\r\nthree\r\nfour\r\nFIVE\r\n",
      conflicts: 0,
    });
  });

  it("keeps a missing end of the last line", async () => {
    const ours = base.slice(0, -1);
    expect((await mergeTexts({ base, ours, theirs: base.replace("one", "1") }, labels)).text).toBe(
      "1\ntwo\nthree\nfour\nfive",
    );
  });
});

it("gives the other side whole where one side is the base, whatever the texts", async () => {
  const text = fc.array(fc.constantFrom("a", "b", "", "c d")).map((lines) => lines.map((line) => `${line}\n`).join(""));
  await fc.assert(
    fc.asyncProperty(text, text, async (base, other) => {
      expect(await mergeTexts({ base, ours: base, theirs: other }, labels)).toEqual({ text: other, conflicts: 0 });
      expect(await mergeTexts({ base, ours: other, theirs: base }, labels)).toEqual({ text: other, conflicts: 0 });
    }),
  );
});
