import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { createWorkspace } from "./workspace.js";

const page = await readFile(new URL("../../../docs/graph.md", import.meta.url), "utf8");

/** The files that code blocks of a language stand for. */
function readFiles(language: string): Record<string, string> {
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\\n(// (\\S+)\\n[^]*?)^\`\`\`$`, "gm"));
  return Object.fromEntries([...blocks].map(([, text = "", file = ""]) => [file, text]));
}

/** The arguments of each command, and what the page says that it prints; nothing where it shows no output. */
const commands = [...page.matchAll(/^```sh\nnpx phasewise (.+)\n```(?:\n\n```(?:text|mermaid)\n([^]*?)^```)?$/gm)].map(
  ([, args = "", output]) => ({ args: args.split(" "), output }),
);

test("the commands about modules print what the page says", async () => {
  await using workspace = await createWorkspace(readFiles("ts"));
  const shown = commands.filter(({ args, output }) => output !== undefined && !args.includes("--boot"));
  expect(shown).toHaveLength(2);
  for (const { args, output } of shown) expect((await workspace.run(...args)).stdout).toBe(output);
});

test("the gate finds what the page says", async () => {
  await using workspace = await createWorkspace(readFiles("ts"));
  const [, finding = ""] = /^```json\n([^]*?)^```$/m.exec(page) ?? [];
  const { findings } = JSON.parse((await workspace.run("check", "--format", "json")).stdout);
  expect(findings).toEqual([expect.objectContaining(JSON.parse(finding))]);
});

test("the boot is drawn as the page says", async () => {
  await using workspace = await createWorkspace(readFiles("js"));
  await promisify(execFile)(process.execPath, ["boot.js"], { cwd: workspace.path });
  const boot = commands.find(({ args }) => args.includes("--boot"));
  expect((await workspace.run(...boot!.args)).stdout).toBe(boot!.output);
});

test("every finding about the graph has its row", async () => {
  const names = [
    "missing-dependency",
    "version-mismatch",
    "duplicate-module",
    "duplicate-service",
    "unprovided-service",
  ];
  const rows = [...page.matchAll(/^\| `graph\/([\w-]+)`/gm)].map(([, name]) => name);
  expect(rows).toEqual([...names, "unpublished-event", "unhandled-event", "cycle"]);
});
