import { expect, test } from "vitest";
import { createWorkspace } from "./workspace.js";

/** The report with the only thing in it that differs between runs made equal. */
function withoutDuration(report: string): string {
  return report.replace(/\(\d+\.\d s\)/, "(0.0 s)");
}

test("findings are grouped by file, each with its place, severity, rule and line of code", async () => {
  await using workspace = await createWorkspace({
    "modules/b.ts": "good;\n\tif (good) { meh; bad; }\n",
    "modules/a.ts": "far;\n",
  });
  const { stdout } = await workspace.check();
  expect(withoutDuration(stdout)).toBe(
    [
      "modules/a.ts",
      "  1:1  error  This call blocks: `loadConfig → readJson → fs.readFileSync`. Await `readFile` instead.  no-far",
      "    1 | far;",
      "      | ^^^",
      "",
      "modules/b.ts",
      "  2:14  warning  `meh` could be better.  prefer-good",
      "    2 | if (good) { meh; bad; }",
      "      |             ^^^",
      "  2:19  error  `bad` is bad. Write good.  no-bad",
      "    2 | if (good) { meh; bad; }",
      "      |                  ^^^",
      "",
      "2 errors and 1 warning in 2 files (0.0 s).",
      "",
    ].join("\n"),
  );
});

test("a long line is cut around the finding", async () => {
  const start = `call(${"a, ".repeat(200)}`;
  await using workspace = await createWorkspace({ "a.js": `${start}bad, ${"b, ".repeat(200)});\n` });
  const [, place, code, mark] = (await workspace.check()).stdout.split("\n");
  expect(place).toContain(`1:${start.length + 1}`);
  expect(code!.length).toBeLessThan(140);
  expect(code!.slice(mark!.indexOf("^"), mark!.lastIndexOf("^") + 1)).toBe("bad");
});

test("control characters of the code do not reach the terminal", async () => {
  await using workspace = await createWorkspace({ "a.ts": '"\u001B[2J"; bad;\n' });
  const { stdout } = await workspace.check();
  expect(stdout).not.toContain("\u001B");
  expect(stdout).toContain('1 | " [2J"; bad;');
});

test("colours come with FORCE_COLOR only where no terminal is, and never with NO_COLOR", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n" });
  const hasColours = async (env: NodeJS.ProcessEnv) =>
    (await workspace.check([], { env })).stdout.includes("\u001B[31m");
  expect(await hasColours({})).toBe(false);
  expect(await hasColours({ FORCE_COLOR: "1" })).toBe(true);
  expect(await hasColours({ FORCE_COLOR: "0" })).toBe(false);
  expect(await hasColours({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
});

test("the JSON report never has colours", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n" });
  const { stdout } = await workspace.check(["--format", "json"], { env: { FORCE_COLOR: "1" } });
  expect(stdout).not.toContain("\u001B");
});
