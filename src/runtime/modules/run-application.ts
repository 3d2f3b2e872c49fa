/* eslint-disable phasewise/no-process-signal-handler -- the one place that handles signals and exits */
import { constants } from "node:os";
import { createLogger } from "../services/create-logger.js";
import type { Logger } from "../services/logger.js";
import { systemClock } from "../tasks/clock.js";
import { withTimeout } from "../tasks/with-timeout.js";
import type { Application } from "./application.js";
import type { BootReport } from "./boot-report.js";
import { stopTimedOut } from "./errors.js";

/** What `runApplication` takes beside the application. */
export interface RunApplicationOptions {
  /** How long a stop may take, in milliseconds, before the process exits with code 1; 30 seconds by default. */
  readonly shutdownTimeoutMs?: number;
  /** Where log lines go; standard error by default. */
  readonly logger?: Logger;
}

/** npm hands a terminal's Ctrl-C to its child, which has received it already: that is one signal, not two. */
const sameSignalMs = 100;

const signals = ["SIGINT", "SIGTERM"] as const;
const mishaps = ["unhandledRejection", "uncaughtException"] as const;

/**
 * Starts the application and makes it the life of the process, for `main.ts`. Resolves when it runs, keeps the process
 * alive until it is stopped, and is the only place that handles signals and exits.
 *
 * Exit codes: 0 after a graceful stop by SIGINT or SIGTERM; 1 when the boot or the stop failed, the stop took longer
 * than `shutdownTimeoutMs`, or an error was not handled anywhere; 130 or 143 when a second SIGINT or SIGTERM forced it.
 *
 * @example
 * ```ts
 * import { createApplication, formatBootReport, runApplication } from "@phasewise/runtime";
 *
 * const app = createApplication({ modulesDirectory: new URL("./modules", import.meta.url) });
 * console.log(formatBootReport(await runApplication(app)));
 * ```
 */
export async function runApplication(app: Application, options: RunApplicationOptions = {}): Promise<BootReport> {
  const life = new ProcessLife(app, options);
  void life.holdUntilStopped();
  try {
    return await app.start();
  } catch (error) {
    return life.endAfterFailedBoot(error);
  }
}

/** The process for as long as it runs the application: what keeps it alive, and every way in which it ends. */
class ProcessLife {
  readonly #app: Application;
  readonly #logger: Logger;
  readonly #shutdownTimeoutMs: number;
  #stopRequestedMs: number | undefined;

  constructor(app: Application, { shutdownTimeoutMs = 30_000, logger = createLogger() }: RunApplicationOptions) {
    this.#app = app;
    this.#logger = logger;
    this.#shutdownTimeoutMs = shutdownTimeoutMs;
  }

  /** When a signal has interrupted the boot, the process ends with the stop that the signal has begun. */
  async endAfterFailedBoot(error: unknown): Promise<never> {
    if (!this.#hasBootFailed) return new Promise<never>(() => {});
    this.#logger.error("the boot failed", { error });
    process.exit(1);
  }

  /** A boot that was interrupted has not failed by itself. */
  get #hasBootFailed(): boolean {
    return this.#app.report.status === "failed";
  }

  async holdUntilStopped(): Promise<void> {
    const keepAlive = setInterval(() => {}, 2 ** 30);
    for (const signal of signals) process.on(signal, this.#onSignal);
    for (const mishap of mishaps) process.on(mishap, this.#onMishap);
    await this.#app.stopped;
    clearInterval(keepAlive);
    for (const signal of signals) process.off(signal, this.#onSignal);
    for (const mishap of mishaps) process.off(mishap, this.#onMishap);
  }

  readonly #onSignal = (signal: (typeof signals)[number]): void => {
    if (this.#stopRequestedMs === undefined) {
      this.#logger.info("stopping", { signal });
      void this.#end(0);
    } else if (performance.now() - this.#stopRequestedMs > sameSignalMs) {
      this.#logger.warn("exiting at once", { signal });
      process.exit(128 + constants.signals[signal]);
    }
  };

  readonly #onMishap = (error: unknown): void => {
    this.#logger.error("an error was not handled", { error });
    if (this.#stopRequestedMs === undefined) void this.#end(1);
  };

  async #end(exitCode: number): Promise<void> {
    this.#stopRequestedMs = performance.now();
    try {
      await withTimeout(() => this.#app.stop(), {
        clock: systemClock,
        timeoutMs: this.#shutdownTimeoutMs,
        onTimeout: stopTimedOut,
      });
    } catch (error) {
      this.#logger.error("the stop failed", { error });
      process.exit(1);
    }
    if (!this.#hasBootFailed) process.exit(exitCode);
  }
}
