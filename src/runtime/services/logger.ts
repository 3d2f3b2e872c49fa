/** How severe a log line is, from the least to the most. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Named values that belong to a log line. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes log lines. Synchronous by decision: logging never makes its caller wait, and never fails it. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to each of its lines. */
  child(fields: LogFields): Logger;
}
