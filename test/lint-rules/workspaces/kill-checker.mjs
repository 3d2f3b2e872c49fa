// Kills the native checker at chosen requests. Loaded into a program with `--import`, it reads them from
// PHASEWISE_KILL_CHECKER: `3,9` means at the third request and at the ninth, of all checkers that the program starts.
import childProcess from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** @type {Map<number, import("node:child_process").ChildProcess>} the checkers by the pipe that leads to them */
const checkers = new Map();
let requests = 0;
/** @type {readonly number[]} */
let deadly = (process.env["PHASEWISE_KILL_CHECKER"] ?? "").split(",").map(Number);

const { spawn } = childProcess;
const { writeSync } = fs;
Object.assign(childProcess, { spawn: spawnRemembered });
Object.assign(fs, { writeSync: writeUnlessDeadly });
syncBuiltinESMExports();

/**
 * Begins to count anew, and kills at these requests.
 * @param {readonly number[]} at
 */
export function killAtRequests(at) {
  requests = 0;
  deadly = at;
}

/** How many requests there were since the count began. */
export function countRequests() {
  return requests;
}

/** Kills every checker there is, while it is asked nothing. A program that is killed may answer once more before it ends. */
export async function killCheckers() {
  const alive = [...checkers.values()].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  const ended = alive.map((checker) => once(checker, "exit"));
  for (const checker of alive) checker.kill("SIGKILL");
  await Promise.all(ended);
}

/** @param {[string, readonly string[], object]} args */
function spawnRemembered(...args) {
  const child = Reflect.apply(spawn, childProcess, args);
  const stdin = /** @type {{ _handle?: { fd: number } } | null} */ (/** @type {unknown} */ (child.stdin));
  if (args[1]?.includes("--api") && stdin?._handle) checkers.set(stdin._handle.fd, child);
  return child;
}

/**
 * A deadly request never arrives: what is read next is the end of the pipe, on every machine.
 * @param {[number, Uint8Array, number, number]} args
 */
function writeUnlessDeadly(...args) {
  const [fd, , , length] = args;
  const checker = checkers.get(fd);
  // eslint-disable-next-line phasewise/no-sync-io -- stands in for the function itself
  if (!checker || !deadly.includes(++requests)) return Reflect.apply(writeSync, fs, args);
  checker.kill("SIGKILL");
  return length;
}
