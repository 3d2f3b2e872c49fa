import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { exampleProgram, readExamples } from "../../repository/documentation/examples.js";
import { runProgram } from "../program.js";
import { emptyWorkspace, temporaryFolder } from "../temporary-folder.js";

const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const name = "docs/update-and-undo.md";
const page = await readFile(new URL(`../../../${name}`, import.meta.url), "utf8");

/** The commands of each block, and what the page says that the last one prints. */
const blocks = [...page.matchAll(/^```sh\n([^]*?)^```\n\n```text\n([^]*?)^```$/gm)].map(
  ([, commands = "", output]) => ({
    commands: commands.trim().split("\n"),
    output,
  }),
);

test("the commands print what the page says", async () => {
  await using folder = await temporaryFolder(emptyWorkspace);
  expect(blocks).toHaveLength(3);
  for (const { commands, output } of blocks) {
    const printed: string[] = [];
    for (const command of commands) {
      const [, ...args] = command.replace(/^npx /, "").split(" ");
      const { exitCode, stdout } = await runProgram("phasewise", args, { cwd: folder.path });
      expect(exitCode).toBe(0);
      printed.push(stdout);
    }
    expect(printed.at(-1)).toBe(output);
  }
});

test("the generator of the page makes a file that the gate reports as soon as somebody changes it", async () => {
  const [, generator = ""] = /^```ts\n\/\/ generators\/client\.ts\n([^]*?)^```$/m.exec(page) ?? [];
  await using folder = await temporaryFolder({
    ...emptyWorkspace,
    "phasewise.config.js": `export default { generators: ["./generators/client.ts"] };\n`,
    "generators/client.ts": generator,
    "generators/client.ts.hbs": "export const version = 1;\n",
  });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  const run = async (...args: string[]) => runProgram("phasewise", args, { cwd: folder.path });
  const check = async () => {
    const { findings } = JSON.parse((await run("check", "--format", "json")).stdout) as { findings: unknown[] };
    return findings;
  };
  expect(await run("create", "client")).toMatchObject({ exitCode: 0 });
  expect(await check()).toEqual([]);
  await folder.write({ "client.ts": "export const version = 2;\n" });
  expect(await check()).toMatchObject([{ rule: "generated-drift", severity: "warning", file: "client.ts", line: 1 }]);
});

test("the generator of the page compiles", async () => {
  await using program = await exampleProgram(await readExamples(name));
  expect(await program.compile()).toBe("");
});
