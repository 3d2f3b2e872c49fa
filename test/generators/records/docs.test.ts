import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { exampleProgram, readExamples } from "../../repository/documentation/examples.js";
import { runProgram } from "../program.js";
import { emptyWorkspace, temporaryFolder } from "../temporary-folder.js";

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

test("the generator of the page compiles", async () => {
  await using program = await exampleProgram(await readExamples(name));
  expect(await program.compile()).toBe("");
});
