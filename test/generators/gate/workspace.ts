import { execFile, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { devNull } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { temporaryFolder, type Files } from "../temporary-folder.js";

const program = fileURLToPath(new URL("../../../src/generators/dist/phasewise.js", import.meta.url));

/** Options are those of no-bad. */
const schema = [{ type: "object", additionalProperties: false, properties: { loud: { type: "boolean" } } }];

/**
 * A plugin with rules that are easy to trigger: each reports the identifier of its name. `worst` is fixed in three steps,
 * `ping` in none that last, and `remote` is a finding when `source.ts` beside it has `danger`.
 */
const plugin = `
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const report = (name, message, schema = []) => ({
  meta: { type: "problem", messages: { found: message }, schema },
  create: (context) => ({ Identifier: (node) => { if (node.name === name) context.report({ node, messageId: "found" }); } }),
});
const crash = { create: () => ({ Identifier: (node) => { if (node.name === "crash") throw new Error("out of ideas"); } }) };
const note = { create: () => ({ Identifier: (node) => { if (node.name === "note") console.error("a note of the plugin"); } }) };

const repair = (repairs) => ({
  meta: { type: "problem", fixable: "code", messages: { found: "Repair this." }, schema: [] },
  create: (context) => ({ Identifier: (node) => {
    const text = repairs[node.name];
    if (text) context.report({ node, messageId: "found", fix: (fixer) => fixer.replaceText(node, text) });
  } }),
});
const readSource = (context) => {
  try { return readFileSync(join(dirname(context.filename), "source.ts"), "utf8"); } catch { return ""; }
};
const remote = {
  meta: { type: "problem", messages: { found: "\`remote\` leads to danger in source.ts." }, schema: [] },
  create: (context) => ({ Identifier: (node) => {
    if (node.name === "remote" && readSource(context).includes("danger")) context.report({ node, messageId: "found" });
  } }),
};

export default {
  meta: { name: "phasewise" },
  rules: {
    "no-remote": remote,
    "no-broken": repair({ broken: "good", worst: "worse", worse: "broken" }),
    "no-endless": repair({ ping: "pong", pong: "ping" }),
    "no-bad": report("bad", "\`bad\` is bad. Write good.", ${JSON.stringify(schema)}),
    "no-far": report("far", "This call blocks: \`loadConfig → readJson → fs.readFileSync\`. Await \`readFile\` instead."),
    "prefer-good": report("meh", "\`meh\` could be better."),
    crash,
    note,
  },
};
`;

const config = {
  jsPlugins: [{ name: "phasewise", specifier: "../plugin.js" }],
  plugins: [],
  categories: { correctness: "off" },
  rules: {
    "phasewise/no-bad": "error",
    "phasewise/no-far": "error",
    "phasewise/prefer-good": "warn",
    "phasewise/no-remote": "error",
    "phasewise/no-broken": "error",
    "phasewise/no-endless": "error",
    "phasewise/crash": "error",
    "phasewise/note": "error",
  },
};

const facts = {
  rules: {
    "no-bad": { schema },
    "no-far": { schema: [] },
    "prefer-good": { schema: [] },
    "no-remote": { schema: [] },
    "no-broken": { schema: [] },
    "no-endless": { schema: [] },
    crash: { schema: [] },
    note: { schema: [] },
  },
  settings: { type: "object", additionalProperties: false, properties: { resultTypes: { type: "array" } } },
};

const pluginFolder = "node_modules/@phasewise/eslint-plugin";
const pluginFiles = {
  [`${pluginFolder}/package.json`]: JSON.stringify({
    name: "@phasewise/eslint-plugin",
    type: "module",
    exports: { "./oxlint/*.json": "./dist/oxlint/*.json" },
  }),
  [`${pluginFolder}/dist/plugin.js`]: plugin,
  [`${pluginFolder}/dist/oxlint/recommended.json`]: JSON.stringify(config),
  [`${pluginFolder}/dist/oxlint/facts.json`]: JSON.stringify(facts),
};

/** What one run of the gate has left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder to check, removed at the end of its scope. */
export interface Workspace extends AsyncDisposable {
  readonly path: string;
  /** Writes files, or removes those that are `undefined`. */
  write(files: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Runs git in the folder. */
  git(...args: string[]): Promise<string>;
  /** Runs `phasewise check` in the folder, or in one below it, where no terminal is. */
  check(args?: readonly string[], options?: { cwd?: string; env?: NodeJS.ProcessEnv }): Promise<Outcome>;
}

/** Makes a folder with the given files only. */
export async function createFolder(files: Files): Promise<Workspace> {
  const folder = await temporaryFolder(files);
  // A failure of the gate leaves a file for a bug report there.
  const temporary = await temporaryFolder();
  return {
    ...folder,
    async [Symbol.asyncDispose]() {
      await Promise.all([folder[Symbol.asyncDispose](), temporary[Symbol.asyncDispose]()]);
    },
    async write(texts) {
      for (const [path, text] of Object.entries(texts)) {
        if (text === undefined) await rm(join(folder.path, path));
        else await folder.write({ [path]: text });
      }
    },
    git: (...args) => runGit(folder.path, args),
    check: (args = [], { cwd = ".", env = {} } = {}) =>
      runCheck(args, join(folder.path, cwd), { TMPDIR: temporary.path, ...env }),
  };
}

/** Makes a workspace that has the plugin installed. */
export function createWorkspace(files: Files): Promise<Workspace> {
  return createFolder({ "package.json": "{}", ...pluginFiles, ...files });
}

/** Makes a workspace whose files are committed on the branch `main`. */
export async function createRepository(files: Files): Promise<Workspace> {
  const workspace = await createWorkspace({ ".gitignore": "node_modules/\n", ...files });
  await workspace.git("init", "--quiet", "--initial-branch", "main");
  await workspace.git("add", ".");
  await workspace.git("commit", "--quiet", "--message", "Begin");
  return workspace;
}

async function runGit(cwd: string, args: readonly string[]): Promise<string> {
  const identity = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_SYSTEM: devNull, EMAIL: "nobody@example.com" };
  const named = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", ...args];
  const { stdout } = await promisify(execFile)("git", named, { cwd, env: { PATH: process.env["PATH"], ...identity } });
  return stdout;
}

async function runCheck(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = spawn(process.execPath, [program, "check", ...args], {
    cwd,
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
