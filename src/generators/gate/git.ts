import { execFile } from "node:child_process";
import { GeneratorError } from "../errors.js";

/** How git is run. */
export interface GitOptions {
  /** What it reads from standard input. */
  readonly input?: string;
  /** Beside the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs git in a folder, without a shell, and gives what it prints. Where git is missing or fails, that is wrong usage. */
export async function runGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await start(folder, args, options);
  if (code === 0) return stdout;
  throw new GeneratorError("WRONG_USAGE", describeFailure(folder, args, stderr));
}

/** The same for a question that git may answer with nothing: `undefined` then. */
export async function askGit(folder: string, args: readonly string[]): Promise<string | undefined> {
  const { code, stdout } = await start(folder, args, {});
  return code === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
}

/** The names in a list that git has separated by zeros. */
export function splitNames(output: string): string[] {
  return output.split("\0").filter((name) => name !== "");
}

interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function start(folder: string, args: readonly string[], { input = "", env }: GitOptions): Promise<Ending> {
  const options = { cwd: folder, env: { ...withoutHookFolder(process.env), LC_ALL: "C", ...env }, maxBuffer: Infinity };
  return new Promise((resolve, reject) => {
    const child = execFile("git", args, options, (error, stdout, stderr) => {
      if (error?.code === "ENOENT") reject(missing(error));
      else resolve({ code: error ? Number(error.code) || 1 : 0, stdout, stderr });
    });
    child.stdin?.on("error", () => undefined).end(input);
  });
}

/** Hooks of linked worktrees name the repository and not its worktree: git would take the current folder for its root. */
function withoutHookFolder(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env["GIT_WORK_TREE"] === undefined ? { ...env, GIT_DIR: undefined } : env;
}

function missing(cause: Error): GeneratorError {
  const message =
    "git was not found, and --changed and --staged ask it what has changed. Install it, or check without.";
  return new GeneratorError("WRONG_USAGE", message, { cause });
}

function describeFailure(folder: string, args: readonly string[], stderr: string): string {
  if (stderr.includes("not a git repository"))
    return `${folder} is in no git repository, and --changed and --staged need one. Check without them, or run \`git init\` first.`;
  return `\`git ${args[0]}\` has failed in ${folder}: ${stderr.trim()}`;
}
