import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

/** Linux gives times in these parts of a second. */
const TICKS_A_SECOND = 100;

/** A server in a process of its own. */
export class ServerProcess {
  #child;
  /** Where it listens, if it serves HTTP. */
  address;

  /** @param {import("node:child_process").ChildProcess} child @param {string} address */
  constructor(child, address) {
    this.#child = child;
    this.address = address;
  }

  /** @param {readonly string[]} command @param {NodeJS.ProcessEnv} env @returns {Promise<ServerProcess>} once it runs */
  static async start(command, env) {
    const options = { env: { ...process.env, ...env } };
    const child = spawn(process.execPath, command, { ...options, stdio: ["ignore", "pipe", "ignore"] });
    for await (const line of createInterface({ input: child.stdout })) {
      const running = /^Listening on (\S+)\. |^Shipping/.exec(line);
      if (running) return new ServerProcess(child, running[1] ?? "");
    }
    throw new Error(`${command.join(" ")} does not run.`);
  }

  /** The time that its threads have had the processor, as Linux tells it; nothing elsewhere. */
  async cpuMs() {
    const stat = await readFile(`/proc/${this.#child.pid}/stat`, "utf8").catch(() => "");
    const [user, system] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12, 14).map(Number);
    return (((user ?? NaN) + (system ?? NaN)) * 1_000) / TICKS_A_SECOND;
  }

  async stop() {
    if (this.#child.kill()) await once(this.#child, "exit");
  }
}
