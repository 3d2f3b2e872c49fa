import { spawn } from "node:child_process";
import { access, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import ignoreRules from "ignore";
import { GeneratorError } from "../../errors.js";
import { GateFailure } from "../errors.js";
import { findSourceFiles } from "../source-files.js";
import type { ModuleGraphFacts } from "./facts.js";

/** Which files to read the modules from. */
export interface FactsRequest {
  /** Absolute. */
  readonly workspace: string;
  /** Globs of files to leave out, as in `.gitignore`. */
  readonly ignore: readonly string[];
  /** Ends the plugin's program too. */
  readonly ended?: AbortSignal | undefined;
}

/** The facts about a workspace's modules; `undefined` when no file defines one, which costs no more than reading them. */
export async function readModuleFacts(request: FactsRequest): Promise<ModuleGraphFacts | undefined> {
  const { workspace, ignore } = request;
  const ignored = ignoreRules().add([...ignore]);
  const paths = (await findSourceFiles(workspace)).map((file) => file.replaceAll("\\", "/"));
  const files = paths.filter((file) => !ignored.ignores(file)).sort();
  if (!(await hasModules(workspace, files))) return undefined;
  return parseFacts(await runProgram(request, await findProgram(workspace), files));
}

/** Looks into files named `module` first: where there are modules, one look is enough. */
async function hasModules(workspace: string, files: readonly string[]): Promise<boolean> {
  const isNamedModule = (file: string) => /(?:^|\/)module\.[cm]?[jt]s$/.test(file);
  const sorted = [...files.filter(isNamedModule), ...files.filter((file) => !isNamedModule(file))];
  for (let from = 0; from < sorted.length; from += AT_ONCE) {
    const texts = sorted.slice(from, from + AT_ONCE).map((file) => readFile(join(workspace, file), "utf8"));
    const read = await Promise.all(texts.map((content) => content.catch(() => "")));
    if (read.some((content) => content.includes("defineModule"))) return true;
  }
  return false;
}

const AT_ONCE = 64;
const PLUGIN = "@phasewise/eslint-plugin";

async function findProgram(workspace: string): Promise<string> {
  const manifest = findManifest(workspace);
  const program = join(dirname(manifest), "dist", "module-graph", "program.js");
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (isThere) return program;
  throw wrongUsage(
    `The installed ${PLUGIN} cannot read modules: ${program} is missing. Update it with: npm install --save-dev ${PLUGIN}@latest`,
  );
}

function findManifest(workspace: string): string {
  try {
    return createRequire(join(workspace, "package.json")).resolve(`${PLUGIN}/package.json`);
  } catch (cause) {
    throw wrongUsage(
      `The modules cannot be read: ${PLUGIN} was not found from ${workspace}. Install it with: npm install --save-dev ${PLUGIN}`,
      cause,
    );
  }
}

function wrongUsage(message: string, cause?: unknown): GeneratorError {
  return new GeneratorError("WRONG_USAGE", message, { cause });
}

async function runProgram(
  { workspace, ended: signal }: FactsRequest,
  program: string,
  files: readonly string[],
): Promise<string> {
  const child = spawn(process.execPath, [program], {
    cwd: workspace,
    env: { ...process.env, PHASEWISE_TYPES: "required" },
    stdio: ["pipe", "pipe", "pipe"],
    signal,
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject).once("close", (code, signal) => resolve(code ?? signal));
  });
  // A program that ends before it has read its input says why on its standard error.
  child.stdin.once("error", () => {});
  child.stdin.end(files.join("\n"));
  const [output, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code === 0) return output;
  throw new GateFailure(
    `The modules of ${workspace} could not be read (exit code ${code}). Reinstall ${PLUGIN}; if that does not help, ` +
      `report a bug with what it printed:\n${complaint.trim() || "(nothing)"}`,
  );
}

function parseFacts(output: string): ModuleGraphFacts {
  try {
    return JSON.parse(output) as ModuleGraphFacts;
  } catch (cause) {
    throw new GateFailure(`${PLUGIN} gave no facts about the modules. Reinstall phasewise and ${PLUGIN}.`, { cause });
  }
}
