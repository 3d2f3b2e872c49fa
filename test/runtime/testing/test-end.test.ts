import { afterEach, describe, expect, it, vi } from "vitest";

type CleanUp = () => Promise<void>;

/** The file as it is loaded where the framework has these globals. */
async function loadWith(framework: { afterEach?: unknown; onTestFinished?: unknown }) {
  for (const [name, hook] of Object.entries(framework)) vi.stubGlobal(name, hook);
  vi.resetModules();
  return import("../../../src/runtime/testing/test-end.js");
}

afterEach(() => void vi.unstubAllGlobals());

describe("the end of a test", () => {
  it("is that of jest's afterEach, added once, for all clean-ups of the test in reverse order", async () => {
    const hooks: CleanUp[] = [];
    const { runAtEndOfTest } = await loadWith({ afterEach: (hook: CleanUp) => hooks.push(hook) });
    const cleaned: string[] = [];
    await runAtEndOfTest(async () => void cleaned.push("first"));
    await runAtEndOfTest(async () => void cleaned.push("second"));
    expect([hooks.length, cleaned]).toEqual([1, []]);

    await hooks[0]?.();
    await hooks[0]?.();
    expect(cleaned).toEqual(["second", "first"]);
  });

  it("is that of vitest's global onTestFinished, which refuses where no test runs", async () => {
    const ends: CleanUp[] = [];
    const onTestFinished = (end: CleanUp) => void ends.push(end);
    const { runAtEndOfTest } = await loadWith({ onTestFinished });
    await runAtEndOfTest(async () => {});
    expect(ends).toHaveLength(1);

    const outside = await loadWith({
      onTestFinished: () => {
        throw new Error("no test runs");
      },
    });
    await outside.runAtEndOfTest(async () => {});
  });

  it("is not looked for when the test is named", async () => {
    const { runAtEndOfTest } = await loadWith({ onTestFinished: () => expect.unreachable() });
    const ends: CleanUp[] = [];
    await runAtEndOfTest(async () => {}, { after: (end) => ends.push(end) });
    expect(ends).toHaveLength(1);
  });
});
