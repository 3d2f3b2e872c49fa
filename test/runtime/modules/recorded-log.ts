import { createLogger, type LogFields, type Logger } from "@phasewise/runtime";

/** One line that was logged, without its time. */
export interface LogLine extends LogFields {
  readonly level: string;
  readonly message: string;
}

/** A logger, and what has been logged with it so far. */
export function recordedLog(): { logger: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write = (text: string) => {
    const { time: _time, ...line } = JSON.parse(text) as LogLine;
    lines.push(line as LogLine);
  };
  return { logger: createLogger({ write, format: "json" }), lines };
}
