import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * Runs a program in a process of its own.
 *
 * @param {URL} program
 * @param {readonly string[]} args
 * @returns {Promise<{ output: string, durationMs: number }>}
 */
export async function runFresh(program, args) {
  const begunMs = performance.now();
  const { stdout } = await execute(process.execPath, [fileURLToPath(program), ...args]);
  return { output: stdout, durationMs: performance.now() - begunMs };
}
