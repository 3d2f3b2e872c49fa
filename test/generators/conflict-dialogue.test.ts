import { stripVTControlCharacters, styleText } from "node:util";
import { describe, expect, it } from "vitest";
import type { Conflict } from "../../src/generators/changes/conflict.js";
import { askAboutConflicts } from "../../src/generators/commands/conflict-dialogue.js";

const conflict: Conflict = { path: "a.ts", present: "one\nmine\n", wanted: "one\nnew\n" };
const other: Conflict = { path: "b.ts", present: "b\n", wanted: "c\n" };

/** A person who types these keys, and then goes away. */
function personTyping(...typed: readonly string[]) {
  const left = [...typed];
  const said: string[] = [];
  const asked: string[] = [];
  const arbiter = askAboutConflicts({
    paint: (format, text) => styleText(format, text, { validateStream: false }),
    say: (text) => void said.push(text),
    ask: async (question) => {
      asked.push(question);
      return left.shift();
    },
  });
  return { arbiter, said, asked };
}

describe("the question about a file that exists already", () => {
  it.each([
    ["y", "overwrite"],
    ["n", "skip"],
    ["m", "merge"],
    [" Y ", "overwrite"],
  ])("is answered with %j by %s", async (key, resolution) => {
    const { arbiter, asked } = personTyping(key);
    expect(await arbiter(conflict)).toBe(resolution);
    expect(asked).toEqual(["a.ts exists already. Overwrite it? [y n a d m x, h for help] "]);
  });

  it("is not asked again after a, which overwrites all", async () => {
    const { arbiter, asked } = personTyping("a");
    expect([await arbiter(conflict), await arbiter(other)]).toEqual(["overwrite", "overwrite"]);
    expect(asked).toHaveLength(1);
  });

  it("shows the difference in colour with d, and asks again", async () => {
    const { arbiter, said, asked } = personTyping("d", "n");
    expect(await arbiter(conflict)).toBe("skip");
    expect(said.map((text) => stripVTControlCharacters(text))).toEqual([
      "--- a/a.ts\n+++ b/a.ts\n@@ -1,2 +1,2 @@\n one\n-mine\n+new\n",
    ]);
    expect(said[0]).toContain(styleText("red", "-mine", { validateStream: false }));
    expect(asked).toHaveLength(2);
  });

  it.each(["h", "?", "", "yes"])("explains the keys on %j, and asks again", async (key) => {
    const { arbiter, said } = personTyping(key, "m");
    expect(await arbiter(conflict)).toBe("merge");
    expect(said.join("")).toContain("  m  merge, with conflict markers where both differ\n");
  });

  it.each([["x"], []])("stops the run with %j, and when nobody answers", async (...keys) => {
    const { arbiter } = personTyping(...keys);
    await expect(arbiter(conflict)).rejects.toMatchObject({
      code: "CONFLICT",
      message: "Nothing was written: stopped at a.ts, which exists already.",
    });
  });

  it("is not asked where both texts are the same", async () => {
    const { arbiter, asked } = personTyping();
    expect(await arbiter({ ...conflict, present: conflict.wanted })).toBe("skip");
    expect(asked).toEqual([]);
  });
});
