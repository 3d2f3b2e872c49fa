import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** How a program has ended, and what it has said. */
export interface Outcome {
  /** `undefined` where it could not be started, or was ended by a signal. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;

/** Runs a program without a shell, for a minute at most. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, input = "", env = {} }: { cwd: string; input?: string; env?: NodeJS.ProcessEnv },
): Promise<Outcome> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, timeout: TIMEOUT_MS });
  const ended = new Promise<number | undefined>((resolve) => {
    child.once("error", () => resolve(undefined)).once("close", (code) => resolve(code ?? undefined));
  });
  // A program that does not read is no failure of ours.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
