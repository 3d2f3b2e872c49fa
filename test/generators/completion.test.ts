import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { isWithout } from "./installed-program.js";
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

/** How a shell is asked for the words it offers for a line, whose last word is being typed. */
interface Ground {
  readonly line: string;
  /** What `phasewise completion` prints. */
  readonly script: string;
  readonly workspace: Folder;
  /** A folder of its own for what the shell reads and writes. */
  readonly home: Folder;
  readonly env: NodeJS.ProcessEnv;
}

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

async function askBash({ line, script, workspace, env }: Ground): Promise<string> {
  const words = line.split(" ");
  const asked = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length - 1}
$(complete -p ${words[0]} | sed -E 's/.*-F ([^ ]+) .*/\\1/')
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run("bash", ["--norc", "-c", asked], { cwd: workspace.path, env });
  return stdout;
}

/** An interactive zsh in a terminal of its own: the tabulator key is pressed, and what is added as a match is written down. */
async function askZsh({ line, script, workspace, home, env }: Ground): Promise<string> {
  await home.write({ "functions/_phasewise": script, matches: "" });
  const prepare = [
    `fpath=(${home.path}/functions $fpath)`,
    "autoload -Uz compinit && compinit -u -D",
    `compadd() { builtin compadd -O matches "$@"; print -rl -- $matches > ${home.path}/matches; builtin compadd "$@" }`,
    "press() { zle complete-word; print DO''NE }; zle -N press; bindkey '^I' press",
    "print REA''DY",
  ];
  const drive = `zmodload zsh/zpty
zpty -b shell "zsh -f -i"
zpty -w shell ${quoted(prepare.join("; "))}
zpty -r shell seen '*READY*'
zpty -w -n shell ${quoted(line)}$'\\t'
zpty -r shell seen '*DONE*'
zpty -d shell`;
  await run("zsh", ["-f", "-c", drive], { cwd: workspace.path, env: { ...env, ZDOTDIR: home.path }, timeout: 30_000 });
  return (await home.files())["matches"] ?? "";
}

async function askFish({ line, script, workspace, home, env }: Ground): Promise<string> {
  await home.write({ "fish/conf.d/phasewise.fish": script });
  const asked = `complete -C ${quoted(line)}`;
  const { stdout } = await run("fish", ["-c", asked], {
    cwd: workspace.path,
    env: { ...env, XDG_CONFIG_HOME: home.path },
  });
  return stdout;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const shells = { bash: askBash, zsh: askZsh, fish: askFish };

/** The words that a shell offers for a line, sorted. */
async function complete(shell: keyof typeof shells, line: string, files: Files = workspace): Promise<string[]> {
  await using folder = await temporaryFolder(files);
  await using bin = await temporaryFolder();
  await using home = await temporaryFolder();
  for (const name of ["phasewise", "create-module"]) await symlink(join(dist, `${name}.js`), join(bin.path, name));
  const { stdout: script } = await runProgram("phasewise", ["completion", shell], { cwd: folder.path });
  const env = { ...process.env, PATH: `${bin.path}${delimiter}${process.env["PATH"]}` };
  const offered = await shells[shell]({ line, script, workspace: folder, home, env });
  return offered
    .split("\n")
    .filter((word) => word !== "")
    .sort();
}

describe.each([
  ["bash", await isWithout("bash")],
  ["zsh", await isWithout("zsh")],
  ["fish", await isWithout("fish")],
] as const)("completion in %s", (shell, isMissing) => {
  it.skipIf(isMissing).each([
    ["phasewise cr", ["create"]],
    ["phasewise create ser", ["service"]],
    ["phasewise eject mod", ["module"]],
    ["phasewise completion ", ["bash", "fish", "zsh"]],
    ["phasewise create service mailer --mod", ["--module"]],
    ["phasewise create service mailer --module core", ["core.cache", "core.database"]],
    ["create-module orders --depends-on or", ["orders"]],
    ["create-module stock --depends-on orders,core.d", ["orders,core.database"]],
    ["phasewise create method find-order --service orders.", ["orders.mailer"]],
    ["create-module stock --dr", ["--dry-run"]],
  ])("of %j offers %j", async (line, offered) => {
    expect(await complete(shell, line)).toEqual(offered);
  });

  it.skipIf(isMissing)("knows the kinds of the workspace", async () => {
    const config = `export default { generators: [{ name: "note", summary: "", questions: {}, plan: async () => [] }] };`;
    const files = { ...workspace, "phasewise.config.mjs": config };
    expect(await complete(shell, "phasewise create no", files)).toEqual(["note"]);
  });

  it.skipIf(isMissing)("says nothing where there is nothing to say", async () => {
    expect(await complete(shell, "phasewise nonsense x")).toEqual([]);
    expect(await complete(shell, "phasewise create service --module ", { "a.txt": "" })).toEqual([]);
  });
});

describe("phasewise completion", () => {
  it("ends with 2 for an unknown shell, and names those there are", async () => {
    const { exitCode, stderr } = await runProgram("phasewise", ["completion", "tcsh"], { cwd: "/" });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Choices: "bash", "zsh", "fish"');
  });
});
