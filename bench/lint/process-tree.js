import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * What a process and all that it started took.
 *
 * @typedef {object} Usage
 * @property {string} output
 * @property {number} wallSeconds
 * @property {number} cpuSeconds user and system time of all threads
 * @property {number} peakMb the most that all of them had in memory at a time; pages that they share count for each
 */

/** Linux gives times in these parts of a second. */
const TICKS_A_SECOND = 100;
const SAMPLE_MS = 50;

/**
 * Runs a program and looks at its processes until it ends, which needs the `/proc` of Linux. What a process uses
 * after the last look at it is not seen: a twentieth of a second at most.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<Usage>}
 */
export async function runMeasured([program = "", ...args], { cwd, env }) {
  const begun = performance.now();
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const tree = new ProcessTree(child.pid ?? NaN);
  const ended = new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  const watched = tree.watch(ended);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const wallSeconds = (performance.now() - begun) / 1000;
  await watched;
  if (output === "") throw new Error(`${program} ${args.join(" ")} printed nothing but:\n${errors}`);
  return { output, wallSeconds, ...tree.usage };
}

/** A process and its descendants, also those whose parent has ended. */
class ProcessTree {
  /** @type {Map<number, number>} the processor time of each process, in ticks */
  #ticks = new Map();
  #peakMb = 0;

  /** @param {number} root */
  constructor(root) {
    this.#ticks.set(root, 0);
  }

  get usage() {
    const ticks = [...this.#ticks.values()].reduce((sum, own) => sum + own, 0);
    return { cpuSeconds: ticks / TICKS_A_SECOND, peakMb: this.#peakMb };
  }

  /** @param {Promise<unknown>} ended */
  async watch(ended) {
    let isRunning = true;
    const end = ended.then(() => (isRunning = false));
    while (isRunning) {
      await this.#sample();
      await Promise.race([sleep(SAMPLE_MS), end]);
    }
  }

  async #sample() {
    let memoryMb = 0;
    for (const pid of this.#ticks.keys()) {
      const usage = await readUsage(pid);
      if (!usage) continue;
      this.#ticks.set(pid, usage.ticks);
      memoryMb += usage.memoryMb;
      for (const child of usage.children) if (!this.#ticks.has(child)) this.#ticks.set(child, 0);
    }
    this.#peakMb = Math.max(this.#peakMb, memoryMb);
  }
}

/** Nothing for a process that has ended. @param {number} pid */
async function readUsage(pid) {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile(`/proc/${pid}/status`, "utf8"),
    ]);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const memoryKb = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    const children = await readChildren(pid);
    return { ticks: Number(fields[11]) + Number(fields[12]), memoryMb: memoryKb / 1024, children };
  } catch {
    return undefined;
  }
}

/** Each thread has children of its own. @param {number} pid */
async function readChildren(pid) {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, "utf8").catch(() => "")),
  );
  return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
}
