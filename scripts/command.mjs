// Runs other programs for the repository's scripts: never through a shell, quiet while they succeed.
import { spawn } from "node:child_process";

/**
 * @typedef {object} Outcome
 * @property {number} code
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Outcome>}
 */
export async function run(command, args, { cwd, env } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.stderr += text));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  return { code: code ?? 1, ...output };
}

/**
 * Runs a program that has to succeed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Outcome>}
 * @throws {Error} with everything it printed, when it does not
 */
export async function runOrFail(command, args, options) {
  const outcome = await run(command, args, options);
  if (outcome.code === 0) return outcome;
  const printed = [outcome.stdout, outcome.stderr].filter(Boolean).join("\n");
  throw new Error(`\`${[command, ...args].join(" ")}\` ended with code ${outcome.code}:\n${printed}`);
}

/**
 * npm, which is a script that cannot be spawned without a shell on Windows.
 *
 * @returns {{ command: string, args: readonly string[] }}
 */
export function findNpm() {
  const script = process.env["npm_execpath"];
  return script?.endsWith(".js") ? { command: process.execPath, args: [script] } : { command: "npm", args: [] };
}
