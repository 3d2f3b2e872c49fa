import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const main = fileURLToPath(new URL("../../examples/orders/dist/src/main.js", import.meta.url));

/** A process of the application. It is killed at the end of its scope, if it still runs. */
export class OrdersProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown[]>;
  /** Where it serves HTTP, if it does. */
  readonly address: string;

  private constructor(child: ChildProcess, exit: Promise<unknown[]>, address: string) {
    this.#child = child;
    this.#exit = exit;
    this.address = address;
  }

  /** Settles when it runs. Its settings are environment variables. */
  static async start(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<OrdersProcess> {
    const env = { ...process.env, PHASEWISE_HTTP__PORT: "0", ...settings };
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    const exit = once(child, "exit");
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => void (log += chunk));
    const lines = createInterface({ input: child.stdout });
    for await (const line of lines) {
      const address = /^Listening on (\S+)\. |^Shipping/.exec(line);
      if (address) return new OrdersProcess(child, exit, address[1] ?? "");
    }
    throw new Error(`The process does not run: ${log}`);
  }

  /** Sends it a signal, and gives its exit code; none when the signal has killed it. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<unknown> {
    this.#child.kill(signal);
    const [exitCode] = await this.#exit;
    return exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end("SIGKILL");
  }
}
