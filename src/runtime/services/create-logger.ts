import { inspect } from "node:util";
import { isSecretField, masked, maskValue } from "../settings/mask-value.js";
import type { LogFields, Logger, LogLevel } from "./logger.js";

/** What `createLogger` takes. */
export interface LoggerOptions {
  /** The least severe level that is written; `info` by default. */
  readonly level?: LogLevel;
  /** One readable line, or one JSON object a line. By default readable on a terminal, JSON elsewhere. */
  readonly format?: "text" | "json";
  /** Receives each line, with its line end; standard error by default. */
  readonly write?: (line: string) => void;
}

const severities: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/**
 * The structured default of the runtime: one line a call, with time, level, message and fields. A field whose name says
 * that it is a secret, such as `password` or `apiToken`, is written as `[masked]`, at any depth and also in errors.
 *
 * @example
 * ```ts
 * import { createLogger } from "@phasewise/runtime";
 *
 * const logger = createLogger({ level: "debug" }).child({ module: "billing" });
 * logger.info("invoice sent", { invoiceId: "i-1" });
 * ```
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { level: least = "info", write = (line) => void process.stderr.write(line) } = options;
  const format = (options.format ?? (process.stderr.isTTY ? "text" : "json")) === "text" ? formatText : formatJson;

  const log = (level: LogLevel, message: string, fields: LogFields) => {
    if (severities[level] >= severities[least]) write(`${format(level, message, fields)}\n`);
  };
  const withFields = (own: LogFields): Logger => ({
    debug: (message, fields) => log("debug", message, { ...own, ...fields }),
    info: (message, fields) => log("info", message, { ...own, ...fields }),
    warn: (message, fields) => log("warn", message, { ...own, ...fields }),
    error: (message, fields) => log("error", message, { ...own, ...fields }),
    child: (fields) => withFields({ ...own, ...fields }),
  });
  return withFields({});
}

function formatJson(level: LogLevel, message: string, fields: LogFields): string {
  return toJson({ time: new Date().toISOString(), level, message, ...fields });
}

function formatText(level: LogLevel, message: string, { module, ...fields }: LogFields): string {
  const line = [new Date().toISOString().slice(11, 23), level.toUpperCase().padEnd(5)];
  if (module !== undefined) line.push(`[${String(module)}]`);
  line.push(message, ...Object.entries(fields).map(([name, value]) => `${name}=${formatField(name, value)}`));
  return line.join(" ");
}

function formatField(name: string, value: unknown): string {
  if (isSecretField(name, value)) return masked;
  if (value instanceof Error) return `\n${inspect(maskValue(value))}`;
  return typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : toJson(value);
}

/** A log line must never fail its caller: what has no JSON form is written as text. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value, replaceOpaque) ?? String(value);
  } catch (cause) {
    return JSON.stringify({ unloggable: String(cause) });
  }
}

function replaceOpaque(key: string, value: unknown): unknown {
  if (isSecretField(key, value)) return masked;
  if (typeof value === "bigint" || typeof value === "function") return String(value);
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { ...value, name, message, stack, cause };
}
