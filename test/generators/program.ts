import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const dist = new URL("../../src/generators/dist/", import.meta.url);
const faults = new URL("fault-injection.mjs", import.meta.url).href;

/** How a program ended: its exit code, or -1 when it was killed. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how a program runs; `fault` as fault-injection.mjs describes it. */
interface Surroundings {
  readonly cwd: string;
  readonly fault?: string;
  /** Beside the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Called when the program has printed something to standard error, with all of it so far. */
  readonly onStderr?: (text: string, pid: number) => void;
}

/** Runs one of the built programs in a folder, without a terminal. */
export function runProgram(
  program: "phasewise" | "create-module",
  args: readonly string[],
  { cwd, fault, env: added, onStderr }: Surroundings,
): Promise<Outcome> {
  const file = fileURLToPath(new URL(`${program}.js`, dist));
  const preload = fault === undefined ? [] : ["--import", faults];
  const env = { ...process.env, PHASEWISE_FAULT: fault ?? "", ...added };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...preload, file, ...args],
      { cwd, env, maxBuffer: 16 << 20 },
      (_, stdout, stderr) => {
        resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
      },
    );
    child.stdin?.end();
    let printed = "";
    child.stderr?.on("data", (text: string) => onStderr?.((printed += text), child.pid!));
  });
}
