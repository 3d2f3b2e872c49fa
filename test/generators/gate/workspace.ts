import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { temporaryFolder, type Files } from "../temporary-folder.js";

const program = fileURLToPath(new URL("../../../src/generators/dist/phasewise.js", import.meta.url));

/** A plugin with rules that are easy to trigger: each reports the identifier of its name. */
const plugin = `
const report = (name, message) => ({
  meta: { type: "problem", messages: { found: message }, schema: [] },
  create: (context) => ({ Identifier: (node) => { if (node.name === name) context.report({ node, messageId: "found" }); } }),
});
const crash = { create: () => ({ Identifier: (node) => { if (node.name === "crash") throw new Error("out of ideas"); } }) };
const note = { create: () => ({ Identifier: (node) => { if (node.name === "note") console.error("a note of the plugin"); } }) };

export default {
  meta: { name: "phasewise" },
  rules: {
    "no-bad": report("bad", "\`bad\` is bad. Write good."),
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
    "phasewise/crash": "error",
    "phasewise/note": "error",
  },
};

/** Options are those of no-bad. */
const schema = [{ type: "object", additionalProperties: false, properties: { loud: { type: "boolean" } } }];
const facts = {
  rules: {
    "no-bad": { schema },
    "no-far": { schema: [] },
    "prefer-good": { schema: [] },
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
  /** Runs `phasewise check` in the folder, or in one below it, where no terminal is. */
  check(args?: readonly string[], options?: { cwd?: string; env?: NodeJS.ProcessEnv }): Promise<Outcome>;
}

/** Makes a folder with the given files only. */
export async function createFolder(files: Files): Promise<Workspace> {
  const folder = await temporaryFolder(files);
  return { ...folder, check: (args = [], { cwd = ".", env = {} } = {}) => runCheck(args, join(folder.path, cwd), env) };
}

/** Makes a workspace that has the plugin installed. */
export function createWorkspace(files: Files): Promise<Workspace> {
  return createFolder({ "package.json": "{}", ...pluginFiles, ...files });
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
