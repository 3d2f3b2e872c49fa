import { setImmediate as nextTurn } from "node:timers/promises";
import type { LogFields, Logger, LogLevel } from "@phasewise/runtime";
import { fakeClock } from "@phasewise/runtime/testing";

/** A resource that the tests lend. */
export interface Tool {
  readonly number: number;
  isValid: boolean;
}

/** Makes tools, as a test says, and notes what becomes of them. */
export class Workshop {
  readonly clock = fakeClock();
  readonly events: string[] = [];
  readonly signals: AbortSignal[] = [];
  /** What the next creations wait for, in order; nothing once there is none. */
  readonly creations: (() => Promise<unknown>)[] = [];
  /** What was logged: level, message, and the error if there was one. */
  readonly log: { level: LogLevel; message: string; fields: LogFields }[] = [];
  readonly logger: Logger = recordingLogger(this.log);
  #count = 0;

  readonly create = async (signal: AbortSignal): Promise<Tool> => {
    this.signals.push(signal);
    const number = ++this.#count;
    this.events.push(`create ${number}`);
    await this.creations.shift()?.();
    return { number, isValid: true };
  };

  readonly destroy = ({ number }: Tool): void => void this.events.push(`destroy ${number}`);

  readonly validate = ({ number, isValid }: Tool): boolean => {
    this.events.push(`validate ${number}`);
    return isValid;
  };

  /** The options that every pool of a test has. */
  get options() {
    const { create, destroy, clock, logger } = this;
    return { create, destroy, clock, logger };
  }
}

/** Something that a test lets go on when it wants. */
export function gate(): { open(): void; fail(error: unknown): void; wait(): Promise<void> } {
  let open!: () => void;
  let fail!: (error: unknown) => void;
  const opened = new Promise<void>((...settle) => ([open, fail] = settle));
  return { open, fail, wait: () => opened };
}

/** Lets everything go on that needs no time. */
export const turn = () => nextTurn<void>();

/** How this has settled by now: `pending`, or what it gave or rejects with. */
export async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  await turn();
  return Promise.race([promise.catch((error: unknown) => ({ rejected: error })), Promise.resolve("pending")]);
}

function recordingLogger(log: Workshop["log"]): Logger {
  const write =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      log.push({ level, message, fields });
    };
  const logger: Logger = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: () => logger,
  };
  return logger;
}
