import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";

/** The hooks of the only module, and the options of `runApplication`, as text of a program that prints `running`. */
interface Program {
  readonly hooks?: string;
  readonly options?: string;
  readonly afterStart?: string;
}

class RunningProgram {
  output = "";
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;

  constructor(file: string) {
    this.#child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "pipe"] });
    this.#ended = once(this.#child, "close");
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.on("data", (chunk: Buffer) => {
        this.output += chunk.toString();
        this.#child.emit("output");
      });
    }
  }

  async printed(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.#child.exitCode !== null) throw new Error(`it ended without printing ${text}:\n${this.output}`);
      await Promise.race([once(this.#child, "output"), this.#ended]);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async exitCode(): Promise<unknown> {
    const [code] = await this.#ended;
    return code;
  }
}

async function withProgram(
  { hooks = "", options = "{}", afterStart = "" }: Program,
  work: (run: RunningProgram) => Promise<void>,
) {
  await using folder = await temporaryFolder({
    "main.mjs": `
      import { createApplication, defineModule, runApplication } from "@phasewise/runtime";
      const module = defineModule({ id: "alpha", version: "1.0.0", ${hooks} });
      const app = createApplication({ modules: [module] });
      await runApplication(app, ${options});
      console.log("running");
      ${afterStart}
    `,
  });
  await work(new RunningProgram(join(folder.path, "main.mjs")));
}

const forever = "new Promise(() => {})";

describe.concurrent("runApplication", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("stops gracefully on %s and exits with 0", (signal) =>
    withProgram({ hooks: `async stop() { console.log("drained"); }` }, async (run) => {
      await run.printed("running");
      run.signal(signal);
      expect(await run.exitCode()).toBe(0);
      expect(run.output).toContain("drained");
      expect(run.output).toContain("application stopped");
    }),
  );

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("is forced by a second %s, with exit code %d", (signal, code) =>
    withProgram(
      { hooks: `stop() { setTimeout(() => console.log("draining"), 150); return ${forever}; }` },
      async (run) => {
        await run.printed("running");
        run.signal(signal);
        await run.printed("draining");
        run.signal(signal);
        expect(await run.exitCode()).toBe(code);
      },
    ),
  );

  it("exits with 1 when the boot fails, and logs the error", () =>
    withProgram({ hooks: `async setupModule() { throw new Error("no route"); }` }, async (run) => {
      expect(await run.exitCode()).toBe(1);
      expect(run.output).toContain("HOOK_FAILED");
      expect(run.output).toContain("no route");
      expect(run.output).not.toContain("running");
    }));

  it("exits with 1 when the boot fails, also on a signal while that is being stopped", () =>
    withProgram(
      {
        hooks: `
          async setupModule() {},
          async start() { throw new Error("no route"); },
          async stop() {
            console.log("draining");
            await new Promise((resolve) => process.once("SIGTERM", () => setTimeout(resolve, 10)));
          },`,
      },
      async (run) => {
        await run.printed("draining");
        run.signal("SIGTERM");
        expect(await run.exitCode()).toBe(1);
        expect(run.output).toContain("no route");
      },
    ));

  it("exits with 1 when a module does not stop properly", () =>
    withProgram({ hooks: `async stop() { throw new Error("still busy"); }` }, async (run) => {
      await run.printed("running");
      run.signal("SIGTERM");
      expect(await run.exitCode()).toBe(1);
      expect(run.output).toContain("still busy");
    }));

  it("exits with 1 when the stop takes longer than shutdownTimeoutMs", () =>
    withProgram({ hooks: `stop: () => ${forever}`, options: "{ shutdownTimeoutMs: 50 }" }, async (run) => {
      await run.printed("running");
      run.signal("SIGTERM");
      expect(await run.exitCode()).toBe(1);
      expect(run.output).toContain("shutdownTimeoutMs");
    }));

  it("interrupts the boot on a signal, stops what was active, and exits with 0", () =>
    withProgram(
      {
        hooks: `
          async setupModule() { console.log("activated"); },
          start({ signal }) {
            console.log("starting");
            return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
          },
          async stop() { console.log("drained"); },`,
      },
      async (run) => {
        await run.printed("starting");
        run.signal("SIGTERM");
        expect(await run.exitCode()).toBe(0);
        expect(run.output).toContain("drained");
        expect(run.output).not.toContain("running");
      },
    ));

  it.each([`Promise.reject(new Error("forgotten"));`, `setTimeout(() => { throw new Error("forgotten"); }, 0);`])(
    "stops and exits with 1 after an unhandled error: %s",
    (afterStart) =>
      withProgram({ hooks: `async stop() { console.log("drained"); }`, afterStart }, async (run) => {
        expect(await run.exitCode()).toBe(1);
        expect(run.output).toContain("forgotten");
        expect(run.output).toContain("drained");
      }),
  );

  it("lets the process end by itself once the application was stopped from inside", () =>
    withProgram({ afterStart: `await app.stop(); console.log("over");` }, async (run) => {
      expect(await run.exitCode()).toBe(0);
      expect(run.output).toContain("over");
    }));
});
