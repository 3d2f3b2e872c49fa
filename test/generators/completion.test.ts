import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder, type Files } from "./temporary-folder.js";

const dist = fileURLToPath(new URL("../../src/generators/dist/", import.meta.url));
const run = promisify(execFile);

const workspace: Files = {
  ...emptyWorkspace,
  "modules/orders/module.ts": "",
  "modules/orders/orders-service.ts": "",
  "modules/orders/mailer-service.ts": "",
  "modules/core/database/module.ts": "",
  "modules/core/cache/module.ts": "",
};

/** The words that bash offers for a line, whose last word is being typed. */
async function completeInBash(line: string, files: Files = workspace): Promise<string[]> {
  await using folder = await temporaryFolder(files);
  await using bin = await temporaryFolder();
  for (const name of ["phasewise", "create-module"]) await symlink(join(dist, `${name}.js`), join(bin.path, name));
  const { stdout: script } = await runProgram("phasewise", ["completion", "bash"], { cwd: folder.path });
  const words = line.split(" ");
  const asked = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length - 1}
$(complete -p ${words[0]} | sed -E 's/.*-F ([^ ]+) .*/\\1/')
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { ...process.env, PATH: `${bin.path}${delimiter}${process.env["PATH"]}` };
  const { stdout } = await run("bash", ["--norc", "-c", asked], { cwd: folder.path, env });
  return stdout.split("\n").filter((word) => word !== "");
}

describe("completion in bash", () => {
  it.each([
    ["phasewise cr", ["create"]],
    ["phasewise create ser", ["service"]],
    ["phasewise eject mod", ["module"]],
    ["phasewise completion ", ["bash", "zsh", "fish"]],
    ["phasewise create service mailer --mod", ["--module"]],
    ["phasewise create service mailer --module core", ["core.cache", "core.database"]],
    ["create-module orders --depends-on or", ["orders"]],
    ["create-module stock --depends-on orders,core.d", ["orders,core.database"]],
    ["phasewise create method find-order --service or", ["orders.mailer", "orders"]],
    ["create-module stock --dr", ["--dry-run"]],
  ])("of %j offers %j", async (line, offered) => {
    expect(await completeInBash(line)).toEqual(offered);
  });

  it("knows the kinds of the workspace", async () => {
    const config = `export default { generators: [{ name: "note", summary: "", questions: {}, plan: async () => [] }] };`;
    expect(await completeInBash("phasewise create no", { ...workspace, "phasewise.config.mjs": config })).toEqual([
      "note",
    ]);
  });

  it("says nothing where there is nothing to say", async () => {
    expect(await completeInBash("phasewise nonsense x")).toEqual([]);
    expect(await completeInBash("phasewise create service --module ", { "a.txt": "" })).toEqual([]);
  });
});

describe("phasewise completion", () => {
  it.each([
    ["zsh", "compdef _phasewise phasewise create-module"],
    ["fish", "complete -c create-module -f"],
  ])("prints a script for %s", async (shell, text) => {
    const { exitCode, stdout } = await runProgram("phasewise", ["completion", shell], { cwd: "/" });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(text);
  });

  it("ends with 2 for an unknown shell, and names those there are", async () => {
    const { exitCode, stderr } = await runProgram("phasewise", ["completion", "tcsh"], { cwd: "/" });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Choices: "bash", "zsh", "fish"');
  });
});
